"""The table of a funder's project: who took part, by what they said, small numbers hidden."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from funding import actions, counting
from funding.counting import Counts
from funding.models import Project
from funding.questions import GENDER, NOT_ASKED, ON_BEGINNING, ON_LEAVING, QUESTIONS, Question
from learners.models import Cohort
from people.models import User
from reminders.clock import BRUSSELS
from reports import sources
from reports.crossing import shown_cells
from reports.enums import By
from reports.questions import HIDDEN, Cell, cell_of
from reports.suppression import FEWEST, stops_together

# Who did not answer has said no gender either.
GENDERS = [answer for answer in GENDER.answers if answer != NOT_ASKED]
# The funder wants these by gender.
BY_GENDER = [question for question in ON_BEGINNING if question is not GENDER]
WHO_TAKES_PART = (sources.ENROLLED, sources.WHO_CAME)


@dataclass(frozen=True, slots=True)
class Row:
    """How many gave this answer: `everybody`, and by gender in the order of GENDERS (empty where that is not told)."""

    question: Question
    answer: str
    everybody: Cell
    by_gender: list[Cell]


@dataclass(frozen=True)
class Table:
    project: Project
    as_of: datetime
    participants: Cell
    rows: list[Row]

    @property
    def hides(self) -> bool:
        cells = [cell for row in self.rows for cell in (row.everybody, *row.by_gender)]
        return any(cell.is_hidden for cell in [self.participants, *cells])

    def as_json(self) -> dict[str, Any]:
        """{"as_of", "participants", "answers": {question: {answer: [everybody, by gender…]}}}; null is hidden."""
        answers: dict[str, dict[str, list[Any]]] = {}
        for row in self.rows:
            cells = [row.everybody, *row.by_gender]
            answers.setdefault(row.question.id, {})[row.answer] = [cell.value for cell in cells]
        return {
            "as_of": self.as_of.isoformat(),
            "participants": self.participants.value,
            "answers": answers,
        }


def table_of(project: Project, *, now: datetime) -> Table:
    """As it may be shown now; of a project that is over, as it was kept.

    Until somebody has answered, cohorts and days can be chosen freely: two choices side by side would tell a small
    group, so everything is hidden.
    """
    if project.final:
        return _read(project, project.final)
    return ask(project, now=now) if project.is_answered else _all_hidden(project, now)


def _all_hidden(project: Project, now: datetime) -> Table:
    rows = [
        Row(question, answer, HIDDEN, [HIDDEN for _gender in GENDERS if _is_crossed(question, answer)])
        for question in QUESTIONS
        for answer in question.answers
    ]
    return Table(project, now, HIDDEN, rows)


def _is_crossed(question: Question, answer: str) -> bool:
    return question in BY_GENDER and answer != NOT_ASKED


def ask(project: Project, *, now: datetime) -> Table:
    """As it is counted now."""
    counts = counting.count(project, participants(project, now=now))
    return Table(
        project, now, Cell(counts.people) if _is_fine(counts.people) else HIDDEN, list(_rows(counts))
    )


def participants(project: Project, *, now: datetime) -> Iterable[UUID]:
    """Keys of those who began a module in its cohorts or came to a class of theirs, between its first and last day."""
    took_part = Q()
    for rows in _taking_part(project, project.its_cohorts, now):
        took_part |= Q(pk__in=rows.values("whose"))
    return User.objects.filter(took_part).values_list("key", flat=True)


def begun(project: Project, cohorts: QuerySet[Cohort], *, now: datetime) -> set[int]:
    """Those in which somebody takes part already: with one of them the table is another than without."""
    each = [rows.values_list("of_group", flat=True) for rows in _taking_part(project, cohorts, now)]
    return {cohort for found in each for cohort in found.distinct()}


def _taking_part(project: Project, cohorts: QuerySet[Cohort], now: datetime) -> Iterator[QuerySet]:
    """Rows of these cohorts between its first and its last day."""
    first, last = project.begins_on, project.ends_on + timedelta(days=1)
    since, until = (datetime(day.year, day.month, day.day, tzinfo=BRUSSELS) for day in (first, last))
    for source in WHO_TAKES_PART:
        [rows] = source.querysets(By.COHORT, now)
        yield rows.filter(of_group__in=cohorts.values("pk"), moment__gte=since, moment__lt=until)


def _rows(counts: Counts) -> Iterable[Row]:
    shown = {
        question.id: _shown(counts.of(question.id), question, counts.people)
        for question in (*ON_BEGINNING, *ON_LEAVING)
    }
    for question in QUESTIONS:
        of_all = counts.of(question.id)
        is_shown = shown[question.id]
        crossed = shown_cells(
            counts.answers[question.id], _answered(shown[GENDER.id]), _answered(is_shown)
        ) if question in BY_GENDER else set()  # fmt: skip
        for answer in question.answers:
            by_gender = [
                Cell(counts.answers[question.id][gender, answer]) if (gender, answer) in crossed else HIDDEN
                for gender in GENDERS
                if _is_crossed(question, answer)
            ]
            yield Row(question, answer, Cell(of_all[answer]) if is_shown[answer] else HIDDEN, by_gender)


def _shown(people: Mapping[str, int], question: Question, everybody: int) -> dict[str, bool]:
    """Which answers of one question. Those who are silent are the same people in several questions, so whether their
    number is shown follows from it alone, and it is never hidden for the sake of another."""
    silent = people[NOT_ASKED]
    if not (_is_fine(everybody) and _is_fine(everybody - silent)):
        return dict.fromkeys(question.answers, False)
    together = [answer for answer in question.answers if answer != NOT_ASKED or not _is_fine(silent)]
    lines = {answer: _Once(people[answer]) for answer in together}
    stops = stops_together(lines, {0, 1}, order=(1,))
    return {answer: answer not in stops or 1 in stops[answer] for answer in question.answers}


def _answered(shown: Mapping[str, bool]) -> dict[str, bool]:
    """Without the silent, when their number is known: they have a row and a column for themselves."""
    return {answer: is_shown for answer, is_shown in shown.items() if answer != NOT_ASKED or not is_shown}


def _is_fine(people: int) -> bool:
    return people == 0 or people >= FEWEST


@dataclass(frozen=True, slots=True)
class _Once:
    """A group that was counted once: a line of one span."""

    people: int

    def __call__(self, start: int, end: int, /) -> int:
        return self.people if end > start else 0


def _read(project: Project, kept: Mapping[str, Any]) -> Table:
    rows = []
    for question in QUESTIONS:
        for answer in question.answers:
            everybody, *by_gender = map(cell_of, kept["answers"][question.id][answer])
            rows.append(Row(question, answer, everybody, by_gender))
    return Table(project, datetime.fromisoformat(kept["as_of"]), cell_of(kept["participants"]), rows)


def close(project_id: int, *, now: datetime) -> None:
    """Its answers go, its table stays as it would have been shown now. May run twice, and too early does nothing."""
    if Project.objects.over(now.astimezone(BRUSSELS).date()).filter(pk=project_id).exists():
        actions.close(project_id, lambda project: table_of(project, now=now).as_json(), now=now)
