"""One letter a certificate: it is ready. A corrected one is made before her eyes and needs none."""

from typing import Any

from django.conf import settings

from certificates.models import Credential
from reminders import kinds
from reminders.actions import write_letter
from reminders.models import Letter

READY = "certificate_ready"


def tell_ready(credential: Credential) -> None:
    if credential.person and not credential.supersedes.exists():
        write_letter(credential.person, READY, period=credential.code)


def still_wanted(letter: Letter) -> str | None:
    credential = _credential(letter)
    if credential is None or credential.person_id != letter.person_id:
        return "not hers"
    return None if credential.is_valid else "not valid"


def context(letter: Letter) -> dict[str, Any]:
    credential = _credential(letter)
    if credential is None:
        return {}
    return {"title": credential.text["title"], "url": settings.BASE_URL + credential.get_absolute_url()}


def _credential(letter: Letter) -> Credential | None:
    return Credential.objects.filter(code=letter.period).first()


kinds.register(kinds.Kind(READY, still_wanted, context))
