"""The letter with a scheduled report: totals only, in the reader's language, and the way to everything else.

It never names a learner: what it shows is what the page of the same question shows.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation
from reminders import kinds
from reminders.models import Letter
from reports import rhythms, tables
from reports.access import may_ask_about
from reports.enums import By, Obstacle, Preset, Rhythm
from reports.figures import Figure
from reports.periods import Period, write_month
from reports.questions import Answer, Cell, Question, ask
from reports.schedule_models import Schedule
from reports.scheduling import SCHEDULED_REPORT, question_of


@dataclass(frozen=True, slots=True)
class Line:
    """A total and what it was in the period before."""

    figure: Figure
    now: Cell
    before: Cell


def still_wanted(letter: Letter) -> str | None:
    """Asked when it goes out: she may not be a coordinator any more, or somebody took her off the list."""
    about = _schedule_of(letter)
    if about is None or about.deleted_at:
        return Obstacle.DELETED.value
    if not may_ask_about(letter.person, about.organisations.values_list("pk", flat=True)):
        return Obstacle.NO_COORDINATOR.value
    if letter.params.get("is_test"):
        return None
    if about.paused_at:
        return Obstacle.PAUSED.value
    if not about.recipients.filter(person=letter.person).exists():
        return Obstacle.TAKEN_OFF.value
    now = letter.claimed_at or timezone.now()
    if _period_of(letter).last < rhythms.latest(Rhythm(about.rhythm), now).first:
        return Obstacle.TOO_LATE.value
    return None


def context(letter: Letter) -> dict[str, Any]:
    about = Schedule.objects.get(pk=letter.params["schedule"])
    question = question_of(about, _period_of(letter))
    answer = ask(question, now=timezone.now())
    asked = address_of(question, about.figure)
    before = question.period.before
    return {
        "period": tables.name_of(question.period.first_month, question.period.last_month),
        "period_before": tables.name_of(before.first_month, before.last_month),
        "as_of": tables.as_of(answer),
        "organisations": _lines(answer),
        "hides": any(cell.is_hidden for row in [*answer.totals, *answer.before] for cell in row.cells),
        "rule": tables.rule(),
        "is_test": bool(letter.params.get("is_test")),
        "url": _absolute("reports:overview", asked),
        "files": [("CSV", _absolute("reports:csv", asked)), ("XLSX", _absolute("reports:xlsx", asked))],
        "schedules_url": _absolute("reports:schedules"),
    }


def address_of(question: Question, figure: str) -> str:
    """The question as the form of the page sends it."""
    asked = QueryDict(mutable=True)
    asked.setlist("organisation", [str(pk) for pk in question.ids])
    asked["period"] = Preset.BETWEEN.value
    asked["first"], asked["last"] = write_month(question.period.first), write_month(question.period.last)
    asked["by"], asked["figure"] = By(question.by).value, figure
    return asked.urlencode()


def _absolute(name: str, asked: str = "") -> str:
    return settings.BASE_URL + reverse(name) + (f"?{asked}" if asked else "")


def _lines(answer: Answer) -> list[tuple[Organisation, list[Line]]]:
    before = {row.organisation.pk: row.cells for row in answer.before}
    return [
        (
            row.organisation,
            [
                Line(column.figure, now, then)
                for column, now, then in zip(
                    answer.columns, row.cells, before[row.organisation.pk], strict=True
                )
            ],
        )
        for row in answer.totals
    ]


def _schedule_of(letter: Letter) -> Schedule | None:
    return Schedule.objects.filter(pk=letter.params["schedule"]).first()


def _period_of(letter: Letter) -> Period:
    return Period(*letter.params["months"])


# The pages of reports exist in these languages, and so do the words of a report.
LANGUAGES = frozenset(code for code, _name in settings.STAFF_LANGUAGES)
kinds.register(kinds.Kind(SCHEDULED_REPORT, still_wanted, context, LANGUAGES))
