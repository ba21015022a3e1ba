"""The same answer on paper, asked once more when it is printed."""

from typing import Any

from django.utils.translation import gettext_lazy

from courses.models import Lesson, Module
from papers import kinds
from papers.kinds import Kind, NothingToPrint
from papers.models import PrintJob
from papers.rendering import Paper
from people.models import Organisation, User
from reports.charts import Chart
from reports.papers import STYLESHEET
from reports.stuck import drawings, tables, wording
from reports.stuck.access import may_ask_about
from reports.stuck.counts import Scope
from reports.stuck.questions import Answer, Question, ask
from reports.stuck.tables import Table


def params_of(question: Question) -> dict[str, Any]:
    """JSON; the whole site is None among the organisations."""
    return {
        "organisations": [scope.id for scope in question.scopes],
        "module": question.module.pk,
        "lesson": question.lesson.pk if question.lesson else None,
    }


def may_have(person: User, params: dict[str, Any]) -> bool:
    return may_ask_about(person, params["organisations"])


def compose(job: PrintJob) -> Paper:
    params = job.params
    module = Module.objects.filter(pk=params["module"]).first()
    lesson = Lesson.objects.live().filter(pk=params["lesson"]).first()
    if module is None or (lesson is None and params["lesson"]):
        raise NothingToPrint(gettext_lazy("This lesson is not taught any more."))
    return paper_of(ask(Question(_scopes(params["organisations"]), module, lesson)), job.language)


def _scopes(wanted: list[int | None]) -> list[Scope]:
    """The whole site only for who asked for it: never because her organisations are gone."""
    if None in wanted:
        return [Scope()]
    scopes = [Scope(one) for one in Organisation.objects.filter(pk__in=wanted).order_by("name")]
    if not scopes:
        raise NothingToPrint(gettext_lazy("This paper is no longer for you."))
    return scopes


def paper_of(answer: Answer, language: str) -> Paper:
    return Paper(
        template="reports/print/stuck.html",
        context={
            "title": tables.title_of(answer),
            "organisation": ", ".join(map(str, answer.question.scopes)),
            "answer": answer,
            "shown": [
                (scope, _funnel(answer, scope), _on_paper(its)) for scope, its in tables.shown_parts(answer)
            ],
            "notes": list(tables.notes(answer)),
            "rule": wording.rule_of_small_numbers(),
            "as_of": tables.as_of(answer),
            "not_counted": tables.not_counted(answer),
        },
        stylesheet=STYLESHEET,
        language=language,
        filename=f"{tables.file_name(answer)}.pdf",
    )


def _funnel(answer: Answer, scope: Scope) -> Chart | None:
    """Of a lesson; modules have none."""
    findings = answer.of(scope) if answer.question.lesson else []
    return next((drawings.funnel_chart(finding) for finding in findings), None)


def _on_paper(shown: list[Table]) -> list[Table]:
    return [tables.turned(table) if table.id == "languages" else table for table in shown]


STUCK = Kind("stuck", gettext_lazy("Where people get stuck"), may_have, compose)
kinds.register(STUCK)
