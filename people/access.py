"""Who this is, and which role lets her do what."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from people import guests
from people.enums import WORKS_WITH_LEARNERS, Role
from people.models import Organisation, User


def current_person(request: HttpRequest) -> User | None:
    """Who is signed in, else the guest whose cookie this is, else None. Read once a request."""
    if not hasattr(request, "_person"):
        request._person = _read_person(request)  # type: ignore[attr-defined]
    return request._person  # type: ignore[attr-defined]


def _read_person(request: HttpRequest) -> User | None:
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return request.user
    return guests.guest_of(request)


def forget_reader(request: HttpRequest) -> None:
    """Somebody else reads from here on: she signed in or out in the middle of this request."""
    if hasattr(request, "_person"):
        del request._person


def organisations_where(person: User, *roles: Role) -> "list[Organisation]":
    return list(Organisation.objects.filter(memberships__user=person, memberships__role__in=roles).distinct())


def organisations_coordinated_by(person: User) -> "QuerySet[Organisation]":
    """Everyone else's is a 404."""
    # One join, not two: a trainer here who coordinates elsewhere is no coordinator here.
    return Organisation.objects.filter(memberships__user=person, memberships__role=Role.COORDINATOR).order_by(
        "name"
    )


def works_with_learners(person: User) -> bool:
    """Staff, trainers, coordinators and mediators: their own devices pass through many hands.

    Who leads a cohort sees its learners, whether an organisation has her as a trainer or not.
    """
    has_role = person.is_staff or person.memberships.filter(role__in=WORKS_WITH_LEARNERS).exists()
    return has_role or person.cohorts_led.exists()
