"""What a helper may see in class: who asks for help at a module that she has finished."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from classrooms.board import Spot, spots_of
from classrooms.models import HelpRequest, Session
from learners import peers


@dataclass(frozen=True, slots=True)
class Asked:
    request: HelpRequest
    spot: Spot | None


def asked_of(helper: int, session: Session) -> QuerySet[HelpRequest]:
    """Requests that she may take or has taken, in their order; none when she is no helper of the cohort."""
    rows = HelpRequest.objects.waiting().filter(
        Q(comes=None) | Q(comes=helper),
        session=session,
        person__attendances__session=session,
        person__attendances__step__lesson__module__in=peers.modules_of(helper, session.cohort_id),
    )
    return rows.exclude(person=helper).order_by("asked_at", "pk")


def queue_for(helper: int, session: Session) -> list[Asked]:
    requests = list(asked_of(helper, session).select_related("person"))
    people = [request.person_id for request in requests]
    steps = {
        row.person_id: row.step
        for row in session.attendances.filter(person__in=people).select_related("step")
        if row.step
    }
    spots = spots_of({step.lesson_id for step in steps.values()})
    return [
        Asked(request, spots.get(steps[request.person_id].pk) if request.person_id in steps else None)
        for request in requests
    ]
