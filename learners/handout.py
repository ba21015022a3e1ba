"""A module as a booklet in two languages, from the very words of its pages."""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, override

from courses import library, pictures
from courses.enums import StepKind
from courses.library import Entry, Reading, StepRow
from courses.reading import AnswerText, StepText
from courses.saying import untranslated
from learners.access import is_trainer
from papers import kinds, rendering
from papers.kinds import Kind, NothingToPrint
from papers.models import PrintJob
from papers.rendering import Paper, direction_of
from papers.squares import qr
from people.models import User

STYLESHEET = rendering.TEMPLATES / "learners" / "print" / "handout.css"
NOT_HERE = gettext_lazy("This module is not published at the moment.")


@dataclass(frozen=True)
class Said:
    """A text in the learner's language and, where it says something else, in that of the screen.

    `is_source`: not translated yet, it stands in the language it was written in.
    """

    own: str
    screen: str = ""
    is_source: bool = False


@dataclass(frozen=True)
class PrintedStep:
    """`language` is the one it is really written in. `right` is the letter of the answer, "" without a question."""

    number: int
    kind: str
    language: str
    direction: str
    title: Said
    lines: list[Said]
    word: str
    check: Said
    answers: list[tuple[str, Said]]
    right: str
    picture: SafeString | None
    url: str
    qr: str


@dataclass(frozen=True)
class PrintedLesson:
    number: str
    title: Said
    language: str
    direction: str
    minutes: int
    steps: list[PrintedStep]

    @property
    def questions(self) -> list[PrintedStep]:
        return [step for step in self.steps if step.right]


def may_have(person: User, params: dict[str, Any]) -> bool:
    """Lessons are open to everyone; a worker's time is for trainers."""
    return is_trainer(person)


def compose(job: PrintJob) -> Paper:
    own, screen = job.params["language"], job.params["screen"]
    module = library.module(job.params["module"], own)
    if module is None:
        raise NothingToPrint(str(NOT_HERE))
    lessons = [_lesson(module, entry, own, screen) for entry in library.lessons([module.row.pk], own)]
    beside = library.module(job.params["module"], screen)
    title = f"{module.row.number}. {module.title}"
    return Paper(
        template="learners/print/handout.html",
        context={
            "title": title,
            "module": module,
            "beside": beside if beside and beside.title != module.title else None,
            "lessons": [lesson for lesson in lessons if lesson],
            "organisation": settings.WAGTAIL_SITE_NAME,
            "direction": direction_of(own),
            "title_direction": direction_of(module.language),
            "source": settings.LANGUAGE_CODE,
            "screen": screen,
            "screen_direction": direction_of(screen),
        },
        stylesheet=STYLESHEET,
        language=own,
        filename=f"{module.row.slug}-{own}-{screen}.pdf",
    )


def _lesson(module: Entry, entry: Entry, own: str, screen: str) -> PrintedLesson | None:
    reading = library.find_lesson(module.row.slug, entry.row.slug, own)
    if reading is None:
        return None
    beside = next((text.title for text in reading.texts if text.language == screen), "")
    return PrintedLesson(
        number=reading.number,
        title=_said(reading.text.title, beside),
        language=reading.text.language,
        direction=direction_of(reading.text.language),
        minutes=reading.minutes,
        steps=[step for row in reading.steps if (step := _step(reading, row, own, screen))],
    )


def _step(reading: Reading, row: StepRow, own: str, screen: str) -> PrintedStep | None:
    step, language = reading.step(row)
    if step is None:
        return None
    beside = (reading.step_in(row, screen) if screen != language else None) or StepText("", "", "")
    source = reading.step_in(row, settings.LANGUAGE_CODE) if language != settings.LANGUAGE_CODE else None
    foreign = untranslated(step, source)

    def said(own_text: str, screen_text: str) -> Said:
        return replace(_said(own_text, screen_text), is_source=own_text in foreign)

    lettered = list(zip("ABCDEFGH", step.answers, strict=False))
    with override(own):
        url = settings.BASE_URL + reverse(
            "courses:step", args=[reading.module_slug, reading.slug, row.number]
        )
    return PrintedStep(
        number=row.number,
        kind=row.kind,
        language=language,
        direction=direction_of(language),
        title=said(step.title, beside.title),
        lines=[said(line or "", other or "") for line, other in zip_longest(step.lines, beside.lines)],
        word=beside.word if beside.word != step.word else "",
        check=said(step.check, beside.check),
        answers=[
            (letter, said(answer.text, _text_of(beside.answer(answer.id)))) for letter, answer in lettered
        ],
        right=next((letter for letter, answer in lettered if answer.is_correct), ""),
        picture=_picture(step, screen) if row.kind != StepKind.PRACTICE else None,
        url=url,
        qr=qr(url),
    )


def _said(own: str, screen: str) -> Said:
    return Said(own, screen if screen != own else "")


def _text_of(answer: AnswerText | None) -> str:
    return answer.text if answer else ""


def _picture(step: StepText, screen: str) -> SafeString | None:
    if not step.drawing:
        return None
    try:
        drawn = pictures.draw(step.drawing, screen, alt=step.alt)
    except pictures.UnknownPicture:
        return None
    head, _, rest = drawn.partition(">")
    inside = format_html("<title>{}</title><style>{}</style>", step.alt, mark_safe(picture_style()))  # ours
    return mark_safe(f'{head} stroke="#1d2733">{inside}{rest}')  # our own drawing


@cache
def picture_style() -> str:
    """The rules of pictures.css with the colours of paper in their places: WeasyPrint reads no others in a drawing."""
    css = (settings.BASE_DIR / "static" / "css" / "pictures.css").read_text()
    colours = dict(re.findall(r"--p-([\w-]+): var\(--picture-[\w-]+, (#\w+)\)", css.partition("@media")[0]))
    rules = re.findall(r"^\.picture (\.p-[\w-]+ \{[^}]*\})", css, re.MULTILINE)
    drawn = re.sub(r"var\(--p-([\w-]+)\)", lambda name: colours[name[1]], " ".join(rules))
    return f"text {{ font-family: noto-sans-latin }} {drawn}"


HANDOUT = Kind("handout", gettext_lazy("Handout"), may_have, compose)
kinds.register(HANDOUT)
