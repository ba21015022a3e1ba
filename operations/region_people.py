"""Made-up people: first names, languages as they are heard in Belgium (domain notes, section 7), and how each learns."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from operations.region_writing import Table, Writer
from people.enums import Role
from people.models import Membership, Organisation, User

# Of a hundred learners, roughly; French also serves Congo, Guinea, Cameroon and Burundi.
SHARES = {"ar": 24, "fr": 19, "uk": 12, "tr": 10, "fa": 10, "en": 9, "ps": 7, "ti": 6, "nl": 2, "de": 1}
# How much longer a step takes than in the languages schools here speak: fewer voices, less reading.
SLOWER = {"ti": 1.5, "ps": 1.5, "fa": 1.25, "ar": 1.15, "tr": 1.1, "uk": 1.0}
NAMES = {
    "ar": "Amal, Bilal, Fatima, Hassan, Karima, Layla, Mariam, Nour, Omar, Rania, Samir, Yasmin, ليلى, سمير, هدى",
    "fr": "Aminata, Blaise, Chantal, Désiré, Espérance, Fanta, Gloire, Ibrahima, Joséphine, Mamadou, Nadège, Patrice",
    "uk": "Andrii, Bohdan, Daryna, Halyna, Ihor, Iryna, Kateryna, Maksym, Natalia, Taras, Оксана, Юрій, Марія",
    "tr": "Ayşe, Burak, Elif, Emine, Gülay, Hakan, İbrahim, Leyla, Murat, Nuray, Selim, Zeynep",
    "fa": "Ahmad, Farid, Golnar, Hamid, Maryam, Nasrin, Parisa, Reza, Shirin, Zahra, فرید, شیرین",
    "en": "Abena, Blessing, Chidi, Grace, Joy, Kwame, Mercy, Precious, Samuel, Sunita, Tamar, Victor",
    "ps": "Ajmal, Gulalai, Jamila, Khatira, Nazia, Spozhmay, Wahida, Zalmai, Zarghuna, زرغونه, اجمل",
    "ti": "Abrehet, Filmon, Helen, Kibrom, Luwam, Meron, Robel, Selam, Tesfay, Yonas, ሰላም, ሄለን",
    "nl": "Anouk, Els, Femke, Joris, Koen, Lotte, Pieter, Sanne, Tess, Wout",
    "de": "Anke, Bernd, Heike, Jonas, Katrin, Lena, Stefan, Ute",
}  # fmt: skip
NAMES_OF = {language: names.split(", ") for language, names in NAMES.items()}

# What people choose (a random UUID) has version 4, so no real person has a key like these: "region", version 8.
KEY_OF_ALL = "726567696f6e8"
MOST_PARTS = 1 << 12
LARGEST_SEED = (1 << 32) - 1

USERS = Table(
    User, "id", "key", "username", "name", "help_language", "screen_language", "is_guest", "password", "date_joined"
)  # fmt: skip
MEMBERSHIPS = Table(Membership, "user_id", "organisation_id", "role")


@dataclass(slots=True, eq=False)
class Learner:
    """`pace` multiplies seconds, `trouble` mistakes; `stays` is the share of a cohort's classes before she stops."""

    id: int
    name: str
    help_language: str
    screen_language: str
    pace: float
    trouble: float
    stays: float
    first_module: int = 0
    sittings: list[Any] = field(default_factory=list)


def key_of_part(seed: int, number: int) -> str:
    """How the keys of its people begin; variant "8" stands where RFC 9562 wants it."""
    return f"{KEY_OF_ALL}{number:03x}8{seed:08x}"


def keys_between(prefix: str) -> tuple[UUID, UUID]:
    return UUID(prefix.ljust(32, "0")), UUID(prefix.ljust(32, "f"))


class People:
    """Writes the people of one part and counts them into their keys."""

    def __init__(self, writer: Writer, rng: Random, *, prefix: str, screen_language: str) -> None:
        self._writer, self._rng = writer, rng
        self._prefix, self._screen_language = prefix, screen_language
        self._count = 0

    def staff(self, role: Role, organisation: Organisation, *, joined: datetime, language: str = "") -> int:
        language = language or self._screen_language
        pk = self._write(self._rng.choice(NAMES_OF[language]), language, False, joined)
        self._writer.add(MEMBERSHIPS, pk, organisation.pk, role.value)
        return pk

    def learner(self, *, joined: datetime, nameless: float) -> Learner:
        """`nameless` is the share who are guests: a browser remembers them, and they have no name."""
        rng = self._rng
        (language,) = rng.choices([*SHARES], [*SHARES.values()])
        is_guest = rng.random() < nameless
        name = "" if is_guest else rng.choice(NAMES_OF[language])
        slower = SLOWER.get(language, 1.0)
        return Learner(
            self._write(name, language, is_guest, joined),
            name,
            language,
            self._screen_language,
            pace=slower * rng.lognormvariate(0, 0.35),
            trouble=slower**0.5 * rng.lognormvariate(0, 0.4),
            stays=min(1.0, rng.betavariate(1.4, 1.0)),
        )

    def _write(self, name: str, language: str, is_guest: bool, joined: datetime) -> int:
        pk = self._writer.new_id(User)
        key = f"{self._prefix}{self._count:07x}"
        self._count += 1
        # "!" is a password that no password is: nobody signs in as one of these.
        password = f"!{key}"
        self._writer.add(
            USERS, pk, key, None, name, language, self._screen_language, is_guest, password, joined
        )
        return pk
