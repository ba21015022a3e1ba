"""How often one address may type a wrong code or PIN.

Only wrong ones count, so a class of forty behind one address signs in without trouble, mistakes included; who tries
many is stopped. A card counts its own wrong tries besides (people.cards).
"""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

WRONG = {
    "resume": "60/10m/ip,300/d/ip",
    "card": "100/10m/ip,500/d/ip",
    "join": "60/10m/ip,500/d/ip",
    "record-store": "60/10m/ip,500/d/ip",
}


def may_guess(request: HttpRequest, action: str) -> bool:
    return _consume(request, action, dry_run=True)


def count_wrong(request: HttpRequest, action: str) -> None:
    _consume(request, action, dry_run=False)


def _consume(request: HttpRequest, action: str, *, dry_run: bool) -> bool:
    """allauth's public door takes its rates from its own settings."""
    return bool(
        ratelimit.consume(request, app="people", action=action, config=WRONG, limit_get=True, dry_run=dry_run)
    )
