"""Who this is, and which role lets her do what."""

from django.conf import settings
from django.http import HttpRequest

from people import guests
from people.enums import Role
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


def organisations_where(person: User, *roles: Role) -> "list[Organisation]":
    return list(Organisation.objects.filter(memberships__user=person, memberships__role__in=roles).distinct())


def works_with_learners(person: User) -> bool:
    """Staff, trainers, coordinators and mediators: their own devices pass through many hands."""
    roles = (Role.TRAINER, Role.COORDINATOR, Role.MEDIATOR)
    return person.is_staff or person.memberships.filter(role__in=roles).exists()
