from datetime import datetime

import pytest
from django.utils import timezone

from reminders import kinds
from tests.factories.reminders import FRIDAY_MORNING
from tests.reminders.mailserver import MailServer, free_port


@pytest.fixture
def set_clock(monkeypatch):
    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


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


@pytest.fixture
def mail_server(settings):
    """A real SMTP server; letters go to it. `start()` it, or leave it down."""
    server = MailServer(free_port())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 20
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield server
    server.stop()
