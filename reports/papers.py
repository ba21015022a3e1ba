"""The report on paper: the same answer, asked once more when it is printed."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers import kinds, rendering
from papers.kinds import Kind
from papers.models import PrintJob
from papers.rendering import Paper
from people.models import Organisation, User
from reports import files, tables
from reports.access import may_ask_about
from reports.charts import charts
from reports.enums import By
from reports.periods import Period
from reports.questions import Answer, Question, ask

STYLESHEET = rendering.TEMPLATES / "reports" / "print" / "report.css"


def params_of(question: Question, figure: str) -> dict[str, Any]:
    """`figure` is the id of the one that is drawn."""
    period = question.period
    return {
        "organisations": question.ids,
        "period": [period.first, period.last],
        "by": question.by.value,
        "compares": question.compares,
        "figure": figure,
    }


def coordinates(person: User, params: dict[str, Any]) -> bool:
    return may_ask_about(person, params["organisations"])


def compose(job: PrintJob) -> Paper:
    organisations = list(Organisation.objects.filter(pk__in=job.params["organisations"]).order_by("name"))
    question = Question(
        organisations, Period(*job.params["period"]), By(job.params["by"]), job.params["compares"]
    )
    return paper_of(ask(question, now=timezone.now()), job.language, figure=job.params.get("figure", ""))


def paper_of(answer: Answer, language: str, *, figure: str) -> Paper:
    pictures = charts(answer, figure)
    return Paper(
        template="reports/print/report.html",
        context={
            "title": title_of(answer),
            "organisation": ", ".join(map(str, answer.question.organisations)),
            "answer": answer,
            "charts": pictures,
            "hides": answer.hides or any(one.hides for one in pictures),
            "parts": tables.parts(answer),
            "first_column": tables.first_column(answer),
            "notes": list(tables.notes(answer)),
            "rule": tables.rule(),
            "as_of": tables.as_of(answer),
        },
        stylesheet=STYLESHEET,
        language=language,
        filename=f"{files.name_of('report', answer.question.period)}.pdf",
    )


def title_of(answer: Answer) -> str:
    period = answer.question.period
    return _("Report: %(period)s") % {"period": tables.name_of(period.first_month, period.last_month)}


REPORT = Kind("report", gettext_lazy("Report"), coordinates, compose)
kinds.register(REPORT)
