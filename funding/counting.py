"""How many gave which answer: the only way in which sheets are read together. Nothing here says who."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from funding.models import Project
from funding.pseudonyms import pseudonym_of
from funding.questions import GENDER, NOT_ASKED, QUESTIONS

SILENT = dict.fromkeys((question.id for question in QUESTIONS), NOT_ASKED)


@dataclass(frozen=True)
class Counts:
    """`answers` is {question: {(gender, answer): people}}; each person stands once in each question."""

    people: int
    answers: Mapping[str, Counter[tuple[str, str]]]

    def of(self, question: str) -> Counter[str]:
        """Whatever their gender."""
        found: Counter[str] = Counter()
        for (_gender, answer), people in self.answers[question].items():
            found[answer] += people
        return found


def count(project: Project, people: Iterable[UUID]) -> Counts:
    """`people` are the keys of those who took part; what others said is not counted."""
    sheets = {row.pop("pseudonym"): row for row in project.sheets.values("pseudonym", *SILENT)}
    answers: dict[str, Counter[tuple[str, str]]] = {question: Counter() for question in SILENT}
    keys = list(people)
    for key in keys:
        said = sheets.get(pseudonym_of(project.pk, key), SILENT)
        for question, counter in answers.items():
            counter[said[GENDER.id], said[question]] += 1
    return Counts(len(keys), answers)
