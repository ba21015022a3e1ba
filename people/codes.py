"""Codes that people read aloud and copy by hand: no look-alikes, any case, any spacing."""

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U (too near V)
LOOK_ALIKES = str.maketrans({"O": "Q", "0": "Q", "I": "J", "1": "J", "L": "J", "U": "V"})
# The same shapes on a Cyrillic and on a Greek keyboard.
OTHER_KEYBOARDS = str.maketrans("АВСЕНКМРТХУОІЈЅΑΒΕΗΚΜΝΡΤΧΥΖΟΙ", "ABCEHKMPTXYOIJSABEHKMNPTXYZOI")


def new_code(length: int) -> str:
    """Random, about 4.9 bits a sign."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def fold(text: str) -> str:
    """The one spelling of a code: upper case, no spaces or hyphens, look-alikes and other digits made one."""
    signs = unicodedata.normalize("NFKC", text).upper().translate(OTHER_KEYBOARDS)
    latin = (str(unicodedata.decimal(sign, sign)) for sign in signs)  # ٣ and ۳ are 3
    return "".join(sign for sign in latin if sign.isalnum() and sign.isascii()).translate(LOOK_ALIKES)


def in_groups(code: str, size: int = 4) -> str:
    """For reading: "ABCD-EFGH-JK"."""
    return "-".join(code[i : i + size] for i in range(0, len(code), size))
