"""Classes to try the site with: two that were held, and a weekly one that is to come."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from classrooms import actions, planning
from classrooms.enums import Status
from classrooms.models import Place, Session
from courses.models import Module
from learners.models import Cohort
from people.models import User
from reminders.clock import BRUSSELS

TUESDAY = 1
BEGINS, ENDS = time(9), time(11, 30)
WEEKS_BEFORE, WEEKS_AFTER = 2, 6


def plan_and_hold(cohort: Cohort, trainer: User, *, now: datetime) -> None:
    """Tuesdays at nine, with childcare; nobody of these is real, and nor is the house."""
    place = Place.objects.create(
        organisation=cohort.organisation,
        name="Het Blauwe Huis",
        address="Voorbeeldstraat 1",
        town="Gent",
        access="Eerste verdieping, er is een lift. Bel aan bij “Stap voor Stap”.",
    )
    today = now.astimezone(BRUSSELS).date()
    next_tuesday = today + timedelta(days=(TUESDAY - today.weekday()) % 7 or 7)
    weeks = range(-WEEKS_BEFORE, WEEKS_AFTER)
    sessions = planning.plan(
        cohort,
        [planning.span(next_tuesday + timedelta(weeks=week), BEGINS, ENDS) for week in weeks],
        series=uuid4(),
        lessons=[],
        place=place,
        trainer=trainer,
        module=Module.objects.live().first(),
        languages="nl fr",
        mediator_language="",
        seats=14,
        childcare_places=4,
        is_school_hours=True,
        is_public=True,
    )
    for session in sessions:
        if session.ends_at and session.ends_at < now:
            actions.open_session(cohort, by=trainer, now=session.began_at, planned=session)
            attend(session, trainer)
            actions.close_session(session, now=session.ends_at)


def attend(session: Session, trainer: User) -> None:
    """Most came, one was late, one has excused herself, one stayed away."""
    usual = {1: (Status.LATE, 20), 4: (Status.EXCUSED, None), 8: (Status.ABSENT, None)}
    for place, learner in enumerate(session.cohort.learners.order_by("pk")):
        status, late = usual.get(place, (Status.PRESENT, None))
        actions.tick(
            session,
            learner,
            status=status,
            minutes_late=late,
            by=trainer,
            now=session.ends_at or session.began_at,
        )
