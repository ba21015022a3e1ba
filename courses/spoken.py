"""What of a step is said aloud: the step itself, each answer, and what is explained after it. No database here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import NAMESPACE_OID, uuid5

from courses.enums import SpokenKind
from courses.reading import StepText


@dataclass(frozen=True, slots=True)
class Part:
    """`id` is the block id of the step or the answer; an explanation, which has none, gets one made from its
    answer's. `title` is what must be true for an old recording to be played still."""

    id: str
    kind: SpokenKind
    title: str
    lines: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        return digest_of(self.title, *self.lines)

    @property
    def title_digest(self) -> str:
        return digest_of(self.title)


@dataclass(frozen=True, slots=True)
class Sound:
    url: str
    digest: str
    title_digest: str

    def fits(self, part: Part) -> bool:
        """A changed title asks for another action, a changed answer says something else: silence is better."""
        return self.title_digest == part.title_digest

    def is_stale(self, part: Part) -> bool:
        return self.digest != part.digest


Sounds = Mapping[tuple[str, str], Sound]  # by (language, id of the part)


def digest_of(*lines: str) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()


def parts_of(step: StepText) -> Iterator[Part]:
    yield Part(
        step.block_id, SpokenKind.STEP, step.title, (*step.lines, *([step.check] if step.check else []))
    )
    for answer in step.answers:
        yield Part(answer.id, SpokenKind.ANSWER, answer.text)
        yield Part(explanation_id(answer.id), SpokenKind.EXPLANATION, answer.explanation)


def explanation_id(answer_id: str) -> str:
    return str(uuid5(NAMESPACE_OID, f"{answer_id} explanation"))


def playable(step: StepText, sounds: Sounds, *languages: str) -> dict[str, str]:
    """{id of a part: address}, in the first of these languages that has a recording which fits."""
    found: dict[str, str] = {}
    for part in parts_of(step) if sounds else ():
        for language in languages:
            sound = sounds.get((language, part.id))
            if sound and sound.fits(part):
                found[part.id] = sound.url
                break
    return found
