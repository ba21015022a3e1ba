"""What one step says in one language: plain values, ready for a template, compiled once per published page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from courses.enums import StepKind
from courses.simulators.task import GoalText


@dataclass(frozen=True, slots=True)
class AnswerText:
    id: str
    text: str
    is_correct: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class StepText:
    """`lines` are the sentences under the title; `word` stands on the Belgian screen in this language;
    `photo` is (address, width, height) when an editor gave a picture of her own instead of a drawing."""

    block_id: str
    kind: str
    title: str
    lines: tuple[str, ...] = ()
    word: str = ""
    drawing: str = ""
    photo: tuple[str, int, int] | None = None
    alt: str = ""
    check: str = ""
    answers: tuple[AnswerText, ...] = ()
    simulator: str = ""
    goals: tuple[GoalText, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything of it that is read or heard, one text each."""
        answers = (text for answer in self.answers for text in (answer.text, answer.explanation))
        return tuple(text for text in (self.title, *self.lines, self.check, *answers) if text)

    def answer(self, answer_id: str) -> AnswerText | None:
        return next((answer for answer in self.answers if answer.id == answer_id), None)


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson in one language; `steps` by block id, in the page's own order."""

    language: str
    title: str
    summary: str
    module_title: str
    steps: Mapping[str, StepText] = field(default_factory=dict)


def step_text(kind: str, block_id: str, value: Any) -> StepText:
    picture = value.get("picture") or {}
    return StepText(
        block_id=block_id,
        kind=kind,
        title=value["title"],
        lines=tuple(line.strip() for line in (value.get("text") or "").splitlines() if line.strip()),
        word=value.get("word") or "",
        drawing=picture.get("drawing") or "",
        photo=_photo(picture.get("photo")),
        alt=picture.get("alt") or "",
        check=value.get("check") or "",
        answers=tuple(_answers(value.get("answers"))) if kind == StepKind.QUESTION else (),
        simulator=value.get("simulator") or "",
        goals=tuple(_goals(value.get("goals"))) if kind == StepKind.PRACTICE else (),
    )


def _answers(answers: Any) -> Iterable[AnswerText]:
    for child in getattr(answers, "bound_blocks", ()):
        yield AnswerText(
            str(child.id), child.value["text"], bool(child.value["correct"]), child.value["explain"]
        )


def _goals(goals: Any) -> Iterable[GoalText]:
    for child in getattr(goals, "bound_blocks", ()):
        chosen = child.value
        yield GoalText(
            id=str(child.id),
            goal=chosen["goal"].partition(".")[2],
            value=(chosen["value"] or "").strip(),
            words=(chosen["words"] or "").strip(),
            hint=(chosen["hint"] or "").strip(),
        )


def _photo(image: Any) -> tuple[str, int, int] | None:
    if image is None:
        return None
    # 720 pixels serve a 360-pixel phone with a dense screen; quality keeps a photo near 30 KB.
    rendition = image.get_rendition("width-720|format-webp|webpquality-60")
    return rendition.url, rendition.width, rendition.height


def steps_of(body: Any) -> dict[str, StepText]:
    """`body` is a StreamField value."""
    return {str(child.id): step_text(child.block_type, str(child.id), child.value) for child in body}
