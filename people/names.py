"""A person's name as she wants it written: any script, but nothing that cannot be printed."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 100
MOST_MARKS = 4  # on one letter; more climbs over the line above
# Persian and Pashto names are spelled with these two invisible signs; every other one is taken out.
JOINERS = "\u200c\u200d"
# Letters and marks by their category, and yet nothing to see: fillers, selectors, the grapheme joiner.
BLANK = {
    *map(chr, [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0]),
    *map(chr, [*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]),
}
PUNCTUATION = set("-'’‘ʼ.,·()/ ־׳፡" + JOINERS)
# What telephones write instead of an apostrophe or a hyphen.
SAME = str.maketrans({"`": "’", "´": "’", "‐": "-", "‑": "-", "‒": "-", "–": "-"})


def tidy(text: str) -> str:
    """Composed form, single spaces, without invisible signs."""
    seen = "".join(
        sign for sign in unicodedata.normalize("NFC", text.translate(SAME)) if not _is_invisible(sign)
    )
    return " ".join(seen.split()).strip(JOINERS)


def is_same(name: str, other: str) -> bool:
    """Small and capital letters are one."""
    return tidy(name).casefold() == tidy(other).casefold()


def _is_invisible(sign: str) -> bool:
    return sign in BLANK or (unicodedata.category(sign) == "Cf" and sign not in JOINERS)


def clean_name(text: str) -> str:
    """The tidied name. Raises ValidationError for signs that are not part of a name, or too many of them."""
    name = tidy(text)
    marks = 0
    for sign in name:
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind[0] == "M" else 0
        if (kind[0] not in "LMN" and sign not in PUNCTUATION) or marks > MOST_MARKS:
            raise ValidationError(
                _("We cannot print this sign: %(sign)s Please write your name with letters."),
                code="sign",
                params={"sign": sign},
            )
    if name and not any(unicodedata.category(sign)[0] == "L" for sign in name):
        raise ValidationError(_("Please write your name with letters."), code="no-letters")
    if len(name) > LONGEST:
        raise ValidationError(
            _(
                "This name is too long for the paper: it has %(length)d signs, "
                "the longest we can print is %(longest)d."
            ),
            code="too-long",
            params={"length": len(name), "longest": LONGEST},
        )
    return name
