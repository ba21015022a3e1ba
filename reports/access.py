"""Who may ask: coordinators, about their own organisations."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from people.access import organisations_coordinated_by
from people.enums import Role
from people.models import Organisation, User


def organisations_of(person: User) -> list[Organisation]:
    """Everyone else's is a 404."""
    return list(organisations_coordinated_by(person).distinct())


def organisations_asked_by(request: HttpRequest) -> list[Organisation]:
    """Raises Http404 for who coordinates none."""
    assert isinstance(request.user, User)
    organisations = organisations_of(request.user)
    if not organisations:
        raise Http404
    return organisations


def may_ask_about(person: User, organisations: Iterable[int]) -> bool:
    wanted = set(organisations)
    return bool(wanted) and wanted <= {organisation.pk for organisation in organisations_of(person)}


def coordinators_of(organisations: Iterable[Organisation]) -> "QuerySet[User]":
    """Who coordinates every one of them, by name."""
    people = User.objects.filter(is_active=True, merged_into=None)
    for organisation in organisations:
        # A join for each: the same person must coordinate all.
        people = people.filter(memberships__organisation=organisation, memberships__role=Role.COORDINATOR)
    return people.order_by("name", "username", "pk")
