"""The second proof of who one is, asked of those who see other people's work. django-allauth keeps the proofs."""

from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from people.access import works_with_learners
from people.models import User

EDITOR = "wagtailadmin.access_admin"
View = Callable[..., HttpResponse]


def must_have(person: User) -> bool:
    """Whether the pages for staff open only with a second proof. A site to try things on asks nobody."""
    if settings.DEMO:
        return False
    # Wagtail lets people in by permission, whatever `is_staff` says.
    return works_with_learners(person) or person.is_superuser or person.has_perm(EDITOR)


def was_asked_before(view: View) -> View:
    """For what a staff page asks for again and again, with a proof of its own that this page gave. Nobody looks up
    who she is."""
    view.was_asked_before = True  # type: ignore[attr-defined]
    return view


def asks_before(path: str) -> bool:
    """Whether the page at this path is for who showed her second proof; of what nobody knows, it is."""
    try:
        return not getattr(resolve(path).func, "was_asked_before", False)
    except Resolver404:
        return True


def has_any(person: User) -> bool:
    return _has(person, Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_app(person: User) -> bool:
    return _has(person, Authenticator.Type.TOTP)


def has_passkey(person: User) -> bool:
    return _has(person, Authenticator.Type.WEBAUTHN)


def _has(person: User, *kinds: str) -> bool:
    return Authenticator.objects.filter(user=person, type__in=kinds).exists()


def is_asked_at_sign_in(person: User) -> bool:
    """Who has the app is always asked. A passkey is a learner's other way in, not a second lock on the first."""
    return has_app(person) or (has_passkey(person) and must_have(person))


def is_proven(request: HttpRequest) -> bool:
    """Whether it was shown in this session: at sign-in, when asked again, or just now when it was set up."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def prove(request: HttpRequest, authenticator: Authenticator) -> None:
    """Who has just set it up has shown it."""
    record_authentication(request, request.user, "mfa", id=authenticator.pk, type=authenticator.type)


def reset(person: User) -> int:
    """Takes every second proof and the recovery codes away; how many there were."""
    return Authenticator.objects.filter(user=person).delete()[0]
