"""The questions on paper, in two languages: for who would rather tick with a pen and type later, or have it typed."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy, override

from funding.access import may_print
from funding.forms import PREFERS_NOT
from funding.models import Project
from funding.questions import ON_BEGINNING
from papers import kinds, rendering
from papers.kinds import Kind
from papers.models import PrintJob
from papers.rendering import Paper, direction_of
from papers.squares import qr
from people.models import User

STYLESHEET = rendering.TEMPLATES / "funding" / "print" / "form.css"


@dataclass(frozen=True)
class Said:
    """In the learner's language, and beside it in the trainer's ("" where they are one)."""

    own: str
    beside: str


@dataclass(frozen=True)
class PrintedBand:
    answer: Said
    example: Said


@dataclass(frozen=True)
class PrintedQuestion:
    asks: Said
    bands: list[PrintedBand]


def may_have(person: User, params: dict[str, Any]) -> bool:
    return may_print(person, params["cohort"], params["project"])


def compose(job: PrintJob) -> Paper:
    project = Project.objects.select_related("organisation").get(pk=job.params["project"])
    own = job.params["language"]
    url = settings.BASE_URL + reverse("funding:questions", args=[project.pk])
    with override(own):
        title = str(TITLE)
    return Paper(
        template="funding/print/form.html",
        context={
            "title": title,
            "organisation": project.organisation.name,
            "project": project,
            "questions": [
                PrintedQuestion(
                    _said(question.asks, own),
                    [
                        PrintedBand(_said(band.answer, own), _said(band.example, own))
                        for band in (*question.bands, PREFERS_NOT)
                    ],
                )
                for question in ON_BEGINNING
            ],
            "direction": direction_of(own),
            "beside": get_language(),
            "beside_direction": direction_of(get_language() or ""),
            "url": url,
            "qr": qr(url),
        },
        stylesheet=STYLESHEET,
        language=own,
        filename=f"{slugify(project.name) or project.pk}-{own}.pdf",
    )


def _said(text: Any, own: str) -> Said:
    beside = str(text)
    with override(own):
        return Said(str(text), "" if str(text) == beside else beside)


TITLE = gettext_lazy("Four questions about you")
FORM = Kind("funder-form", gettext_lazy("Questions of a funder"), may_have, compose)
kinds.register(FORM)
