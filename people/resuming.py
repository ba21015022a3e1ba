"""The resume code: four made-up words on paper, with which she goes on from another phone or computer.

A word is two syllables, each of one consonant and one vowel. Of consonants that sound alike in one of our languages
(b and p, f and v, k and g, s and z) only one is used, and the others are read as that one.
"""

import unicodedata
from datetime import datetime
from itertools import product

from django.db import transaction
from django.utils.crypto import salted_hmac

from people import seeds
from people.access import works_with_learners
from people.models import ResumeCode, User

CONSONANTS, VOWELS = "bdfklmnrst", "aeiou"
WORDS_IN_A_CODE = 4
LETTERS = WORDS_IN_A_CODE * 4
# Rude, or of illness, death and hatred, in a language that our learners or trainers speak.
RUDE = """
bite bito buta buto bute debi fada fese fesu fuka fuki fuko futa fute futi futu kaka kake kaki kako kona kono
koni kula kule kuli kulo kuni kusi kuso kusu lesa meme mori moro nasi nika nike niko niku sale sida sika sike
siki siko suka teta teto tita tite tito
"""
WORDS = [
    word
    for letters in product(CONSONANTS, VOWELS, CONSONANTS, VOWELS)
    if (word := "".join(letters)) not in RUDE.split()
]
SOUNDS_LIKE = str.maketrans("pvwgcqzy", "bffkkksi")
DIGITS_LIKE = str.maketrans({"0": "o", "5": "s", "6": "b", "8": "b"})
# By sound, for these words are said aloud.
OTHER_KEYBOARDS = str.maketrans(
    "абдефиіклмнопрстувзгαβδεφικλμνοπρστυζγη", "abdefiiklmnobrstufskabdefiklmnobrstuski"
)
ONE = "1il|"


def fold(text: str) -> str:
    """The one spelling of a code: small letters only, without spaces, marks and capitals, look-alikes made one."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(OTHER_KEYBOARDS)
    latin = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain).translate(DIGITS_LIKE)
    kept = [sign for sign in latin.translate(SOUNDS_LIKE) if sign in CONSONANTS + VOWELS + ONE]
    # Consonants and vowels take turns: so an upright stroke says itself whether it is an l or an i.
    return "".join("li"[place % 2] if sign in ONE else sign for place, sign in enumerate(kept))


def in_words(code: str) -> list[str]:
    return [code[start : start + 4] for start in range(0, len(code), 4)]


def may_have_code(person: User) -> bool:
    """Not those who work with learners: a paper must never open what others did."""
    return person.is_active and (person.is_guest or not works_with_learners(person))


@transaction.atomic
def make_code(person: User, *, seed: str, now: datetime) -> str:
    """A new code, 45 bits; the one before opens nothing any more. The same seed makes the same code, once."""
    code = _code_from(seed, person)
    User.objects.select_for_update(no_key=True).get(pk=person.pk)  # two codes at once cannot both be made
    ResumeCode.objects.exclude(digest=_digest(code)).filter(person=person).delete()
    ResumeCode.objects.get_or_create(person=person, digest=_digest(code), defaults={"made_at": now})
    return code


@transaction.atomic
def make_first_code(person: User, *, seed: str, now: datetime) -> str | None:
    """None when she has one already, which somebody may hold on paper; but the same seed gets the same again."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)  # of two at once one is the first
    kept = code_of(person)
    if kept and kept.digest != _digest(_code_from(seed, person)):
        return None
    return make_code(person, seed=seed, now=now)


def _code_from(seed: str, person: User) -> str:
    return "".join(seeds.spelled(seeds.number_from(seed, "resume", person.pk), WORDS, WORDS_IN_A_CODE))


def code_of(person: User) -> ResumeCode | None:
    return ResumeCode.objects.filter(person=person).first()


def person_of(typed: str) -> User | None:
    """Whose code this is. None when it is wrong, cancelled, or hers no longer in a way that a paper may open.

    A guest whose work became another guest's is that one. Whose work went into an account signs in with that:
    else the paper of one would open the account of another who signed in on the same computer.
    """
    code = fold(typed)
    found = ResumeCode.objects.select_related("person__merged_into").filter(digest=_digest(code)).first()
    person = found.person if found and len(code) == LETTERS else None
    while person and person.merged_into:
        person = person.merged_into if person.merged_into.is_guest else None
    return person if person and may_have_code(person) else None


def _digest(code: str) -> str:
    return salted_hmac("people.resuming", code, algorithm="sha256").hexdigest()
