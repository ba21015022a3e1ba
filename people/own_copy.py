"""What this room knows about a person, for her own copy."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from people import portability
from people.models import User
from people.resuming import code_of


def _rows(person: User) -> list[dict[str, Any]]:
    row = {
        "name": person.name,
        "user name": person.username or "",
        "e-mail": person.email,
        "phone": person.phone,
        "my language": person.help_language,
        "language of the forms": person.screen_language,
        "shows both languages": person.reads_both,
        "how pages look": person.comfort,
        "since": person.date_joined.isoformat(),
    }
    memberships = person.memberships.select_related("organisation")
    return [row, *({"organisation": m.organisation.name, "role": m.get_role_display()} for m in memberships)]


def _ways_in(person: User) -> list[dict[str, Any]]:
    """Since when, never what opens them: that we do not know ourselves."""
    kept = code_of(person)
    codes = [{"code on paper since": kept.made_at.isoformat()}] if kept else []
    cards = [
        {
            "card since": card.issued_at.isoformat(),
            "works at home": card.works_at_home,
            "last used": card.last_used_at.isoformat() if card.last_used_at else None,
            "ended": card.cancelled_at.isoformat() if card.cancelled_at else None,
        }
        for card in person.cards.order_by("pk")
    ]
    return [*codes, *cards]


portability.offer("person", _("My name and my data"), _rows)
portability.offer("ways_in", _("My card and my code"), _ways_in)


def _second_factors(person: User) -> list[dict[str, Any]]:
    kept = Authenticator.objects.filter(user=person).order_by("pk")
    return [
        {"kind": one.type, "name": str(one), "since": one.created_at.isoformat()} for one in kept
    ]  # their keys are secrets, even from paper


portability.offer("sign-in", _("How I sign in"), _second_factors)
