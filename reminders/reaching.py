"""Whom no letter reaches, and why: asked about many people at once."""

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When

from people.models import User
from reminders.enums import NoLetter, State
from reminders.models import Letter


def with_channel(people: QuerySet[User]) -> QuerySet[User]:
    """`no_letter` is a NoLetter, empty for who can be written to."""
    letters = Letter.objects.filter(person=OuterRef("pk"), state__in=[State.SENT, State.FAILED])
    last = Subquery(letters.order_by("-written_at", "-pk").values("state")[:1])
    return people.alias(last_letter=last).annotate(
        no_letter=Case(
            When(email="", then=Value(NoLetter.ADDRESS.value)),
            When(letter_preference__email_stopped_at__isnull=False, then=Value(NoLetter.STOPPED.value)),
            When(last_letter=State.FAILED.value, then=Value(NoLetter.CAME_BACK.value)),
            default=Value(""),
            output_field=CharField(),
        )
    )
