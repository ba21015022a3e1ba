"""What opens a card besides the card: three of twelve pictures in order, or four digits."""

import unicodedata
from functools import cache
from itertools import permutations
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import pgettext_lazy

from people.enums import PinKind

# The drawings are templates/people/pictures/<name>.svg.
PICTURES: dict[str, Any] = {
    "sun": pgettext_lazy("picture", "sun"),
    "tree": pgettext_lazy("picture", "tree"),
    "fish": pgettext_lazy("picture", "fish"),
    "house": pgettext_lazy("picture", "house"),
    "key": pgettext_lazy("picture", "key"),
    "cup": pgettext_lazy("picture", "cup"),
    "boat": pgettext_lazy("picture", "boat"),
    "umbrella": pgettext_lazy("picture", "umbrella"),
    "bicycle": pgettext_lazy("picture", "bicycle"),
    "book": pgettext_lazy("picture", "book"),
    "apple": pgettext_lazy("picture", "apple"),
    "chair": pgettext_lazy("picture", "chair"),
}
PICTURES_IN_A_PIN = 3
DIGITS_IN_A_PIN = 4
# Signs of a PIN, in order: names of pictures, or digits.
Pin = tuple[str, ...]


def pin_from(kind: PinKind, number: int) -> Pin:
    """A PIN of this kind, chosen by the number: 1,320 of pictures, none twice; 9,360 of digits, at least 3 different."""
    choices = _picture_pins() if kind == PinKind.PICTURES else _digit_pins()
    return choices[number % len(choices)]


@cache
def _picture_pins() -> list[Pin]:
    return list(permutations(PICTURES, PICTURES_IN_A_PIN))


@cache
def _digit_pins() -> list[Pin]:
    written = (f"{number:0{DIGITS_IN_A_PIN}}" for number in range(10**DIGITS_IN_A_PIN))
    return [tuple(digits) for digits in written if len(set(digits)) >= 3]


def read_digits(typed: str) -> Pin:
    """The digits of any script, without spaces or what else was typed: ٣ and ۳ are 3."""
    digits = (unicodedata.decimal(sign, None) for sign in typed)
    return tuple(str(digit) for digit in digits if digit is not None)


def digest(token: str, pin: Pin) -> str:
    """Keyed, and bound to one card: equal PINs do not look equal."""
    return salted_hmac(f"people.pins.{token}", " ".join(pin), algorithm="sha256").hexdigest()
