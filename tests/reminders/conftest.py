import pytest

from reminders import kinds
from tests.factories.reminders import FRIDAY_MORNING


@pytest.fixture
def friday(set_clock):
    """Friday morning, ten o'clock in Brussels."""
    set_clock(FRIDAY_MORNING)
    return FRIDAY_MORNING


@pytest.fixture(autouse=True)
def certificate_kind(monkeypatch):
    """A letter of this room alone: what the room above would say is fixed here."""
    kind = kinds.Kind(
        "certificate_ready",
        still_wanted=lambda letter: letter.params.get("drop"),
        context=lambda letter: {"title": "E-mail", "url": "https://stepin.example/certificates/ABCD/"},
    )
    monkeypatch.setitem(kinds._kinds, kind.name, kind)


@pytest.fixture
def reader(amina):
    """Amina, now that she has an address."""
    amina.name, amina.email, amina.help_language = "Amina N'Diaye", "amina@example.org", "en"
    amina.save()
    return amina
