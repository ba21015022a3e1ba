"""What was last heard of people: in class, and of their steps anywhere. Two queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce

from classrooms.enums import Status
from classrooms.models import Attendance
from learners.models import Enrolment
from learners.reminding import LATEST_LAST


@dataclass(slots=True)
class Signs:
    """`step_at` is her last try anywhere; `open_…` say where she was last, of what she has not finished, and when."""

    seen_at: datetime | None = None
    step_at: datetime | None = None
    open_enrolment: int | None = None
    open_module: int | None = None
    open_at: datetime | None = None
    has_finished: bool = False

    @property
    def last_at(self) -> datetime | None:
        return max(filter(None, (self.seen_at, self.step_at)), default=None)

    def was_in_class_after(self, moment: datetime) -> bool:
        return self.seen_at is not None and self.seen_at > moment


def signs_of(people: QuerySet) -> dict[int, Signs]:
    """`people` chooses ids; {person id: Signs}, empty ones for whom nothing was heard of."""
    signs: dict[int, Signs] = defaultdict(Signs)
    came = Q(status__in=(Status.PRESENT, Status.LATE)) | Q(status="", joined_at__isnull=False)
    seen = Attendance.objects.filter(came, person__in=people).order_by().values_list("person")
    for person, at in seen.annotate(at=Max(Coalesce("session__opened_at", "session__starts_at"))):
        signs[person].seen_at = at
    enrolments = Enrolment.objects.filter(person__in=people).order_by(LATEST_LAST, "pk")
    for person, enrolment, module, at, completion, retired_at in enrolments.values_list(
        "person", "pk", "module", "last_attempt_at", "completion", "module__retired_at"
    ):
        hers = signs[person]
        hers.step_at = at or hers.step_at
        if completion:
            hers.has_finished = True
        elif retired_at is None:
            hers.open_enrolment, hers.open_module, hers.open_at = enrolment, module, at
    return signs
