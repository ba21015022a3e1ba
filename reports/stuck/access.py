"""Who sees where people get stuck: coordinators their organisations, editors the whole site."""

from wagtail.permissions import page_permission_policy

from people.models import User
from reports.access import organisations_of
from reports.stuck.counts import Scope


def may_edit_lessons(person: User) -> bool:
    return page_permission_policy.user_has_permission(person, "change")


def scopes_of(person: User) -> list[Scope]:
    """Who does both sees her organisations only: the whole site less her own would be few people somewhere else."""
    own = [Scope(organisation) for organisation in organisations_of(person)]
    return own or ([Scope()] if may_edit_lessons(person) else [])


def may_ask_about(person: User, scopes: list[int | None]) -> bool:
    wanted = set(scopes)
    return bool(wanted) and wanted <= {scope.id for scope in scopes_of(person)}
