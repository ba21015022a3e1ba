"""What this room knows about a person, for her own copy."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from people import portability
from people.models import User


def _rows(person: User) -> list[dict[str, Any]]:
    row = {
        "name": person.name,
        "user name": person.username or "",
        "e-mail": person.email,
        "phone": person.phone,
        "my language": person.help_language,
        "language of the forms": person.screen_language,
        "since": person.date_joined.isoformat(),
    }
    memberships = person.memberships.select_related("organisation")
    return [row, *({"organisation": m.organisation.name, "role": m.get_role_display()} for m in memberships)]


portability.offer("person", _("My name and my data"), _rows)
