from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from certificates.models import Credential
from tests.factories.courses import ModuleFactory
from tests.factories.people import UserFactory

ENGLISH = {
    "language": "en",
    "title": "Using a computer",
    "can_do": [
        "I can switch a computer on and off.",
        "I can use the mouse, the touchpad and the keyboard.",
        "I can save a file and find it again.",
        "I can open a website and go back.",
        "I can make the screen easier to read.",
    ],
}
DUTCH = {
    "language": "nl",
    "title": "Een computer gebruiken",
    "can_do": [
        "Ik kan een computer aan- en uitzetten.",
        "Ik kan de muis, het touchpad en het toetsenbord gebruiken.",
        "Ik kan een bestand bewaren en terugvinden.",
        "Ik kan een website openen en teruggaan.",
        "Ik kan het scherm leesbaarder maken.",
    ],
}


class CredentialFactory(DjangoModelFactory):
    """Issued and not printed yet; `build()` is enough for a paper."""

    class Meta:
        model = Credential

    person = factory.SubFactory(UserFactory)
    module = factory.SubFactory(ModuleFactory)
    name = factory.LazyAttribute(lambda credential: credential.person.name)
    help_language = "en"
    screen_language = "nl"
    texts = factory.LazyAttribute(lambda one: {one.help_language: ENGLISH, one.screen_language: DUTCH})
    digcomp = ["1.1", "1.2", "5.1", "PRE"]
    minutes_planned = 320
    started_on = date(2026, 9, 3)
    completed_on = date(2026, 11, 5)
    issued_at = datetime(2026, 11, 5, 12, tzinfo=UTC)
    issuer_name = "Maison des Langues"
    issuer_number = "0123.456.749"
    issuer_place = "Seraing"
    render_due_at = datetime(2026, 11, 5, 12, tzinfo=UTC)


def paper_for(name: str, **fields) -> Credential:
    """A credential for a paper only: nothing is saved."""
    return CredentialFactory.build(person=None, module=None, name=name, **fields)
