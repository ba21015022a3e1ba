"""Telephone numbers among words, as an organisation writes them on its contact card."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_NUMBER = re.compile(r"\+?\(?\d[\d\s./()-]*\d", re.ASCII)
_FEWEST, _MOST = 3, 15  # digits: an emergency number; E.164


@dataclass(frozen=True)
class PhoneLine:
    """`Reception: 02 000 00 00 (mornings)` in three parts, and the address that dials it."""

    before: str
    number: str
    after: str

    @property
    def href(self) -> str:
        """`+32 (0)2 000 00 00` → `tel:+3220000000`."""
        is_international = self.number.startswith("+")
        number = self.number.replace("(0)", "") if is_international else self.number
        return f"tel:{'+' if is_international else ''}{_digits(number)}"


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number, flags=re.ASCII)


def phone_line(line: str) -> PhoneLine | None:
    """The line around its longest number (`9-12 h: 02 000 00 00` has two); None when it has none."""
    numbers = [match for match in _NUMBER.finditer(line) if _FEWEST <= len(_digits(match[0])) <= _MOST]
    if not numbers:
        return None
    number = max(numbers, key=lambda match: len(_digits(match[0])))
    return PhoneLine(line[: number.start()], number[0], line[number.end() :])


def check_phone_lines(text: str) -> None:
    """Each line that is not empty holds a number, else ValidationError."""
    for line in text.splitlines():
        if line.strip() and phone_line(line) is None:
            raise ValidationError(
                _("There is no phone number in this line: %(line)s"), code="no_number", params={"line": line}
            )
