"""Secrets that are shown once, and yet the same when the same form is sent twice.

A form carries a signed seed; what is made from it (a code, a card, its PIN) is computed with our key from the seed
and the person. So nothing but a hash need be kept, and a second tap on the button makes no second secret.
"""

import secrets

from django.core import signing
from django.utils.crypto import salted_hmac

# Seconds a form with a seed may lie open.
MAX_AGE = 30 * 60
_signer = signing.TimestampSigner(salt="people.seeds")


def new_seed() -> str:
    return _signer.sign(secrets.token_urlsafe(16))


def is_seed(text: str) -> bool:
    """False when it is forged, or older than half an hour."""
    try:
        _signer.unsign(text, max_age=MAX_AGE)
    except signing.BadSignature:
        return False
    return True


def number_from(seed: str, *about: object) -> int:
    """256 bits that only we can compute."""
    digest = salted_hmac("people.seeds.number", repr((seed, *map(str, about))), algorithm="sha256")
    return int.from_bytes(digest.digest())


def spelled(number: int, signs: "list[str] | str", length: int) -> list[str]:
    """The lowest `length` digits of the number, written with these signs."""
    written = []
    for _ in range(length):
        number, rest = divmod(number, len(signs))
        written.append(signs[rest])
    return written
