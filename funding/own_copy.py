"""What this room knows about a person, for her own copy."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from funding.access import sheets_of
from funding.questions import QUESTIONS, label_of
from people import portability
from people.models import User


def _answers_of(person: User) -> list[dict[str, Any]]:
    return [
        {
            "project": sheet.project.name,
            "for": sheet.project.programme,
            "deleted after": sheet.project.ends_on.isoformat(),
            **{
                question.id: label_of(question, getattr(sheet, question.id))
                for question in QUESTIONS
                if getattr(sheet, question.id)
            },
        }
        for _project, sheet in sorted(sheets_of(person).items())
    ]


portability.offer("funding", _("My answers for who pays the classes"), _answers_of)
