"""The same people everywhere: Amina learns, Bram trains, Celia coordinates, Edith edits, Olav operates,
Dilan is a stranger."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation

from courses import contents, glossary, library
from people import reviews
from people.enums import Role
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory
from tests.mailserver import MailServer, free_port
from tests.scratch import empty_tables, scratch_database


@pytest.fixture(autouse=True)
def _fresh_memory():
    """What processes remember between requests is forgotten between tests."""
    cache.clear()
    contents.forget_places()
    library.forget_readings()
    glossary.forget()
    reviews.forget()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def set_clock(monkeypatch) -> Callable[[datetime], None]:
    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """A real SMTP server; letters go to it. `start()` it, or leave it down."""
    server = MailServer(free_port())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 20
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield server
    server.stop()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def scratch(request, tmp_path_factory, django_db_blocker) -> Iterator[None]:
    """Each database in turn, its tables made once for all tests of a module; processes of their own may ask it."""
    with scratch_database(request.param, tmp_path_factory.mktemp("database"), django_db_blocker):
        yield


@pytest.fixture
def emptied(scratch) -> Iterator[None]:
    """`scratch`, and nothing in it after the test."""
    yield
    empty_tables()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_scratch(request, tmp_path, django_db_blocker) -> Iterator[None]:
    """Each database in turn, new for each test."""
    with scratch_database(request.param, tmp_path, django_db_blocker):
        yield


@pytest.fixture
def organisation(db):
    return OrganisationFactory(name="Wegwijs vzw", is_default_issuer=True)


@pytest.fixture
def amina(db):
    return UserFactory(username="amina", name="Amina", help_language="ar", screen_language="nl")


@pytest.fixture
def bram(organisation):
    return MembershipFactory(
        user=UserFactory(username="bram", name="Bram"), organisation=organisation, role=Role.TRAINER
    ).user


@pytest.fixture
def celia(organisation):
    return MembershipFactory(
        user=UserFactory(username="celia", name="Celia"), organisation=organisation, role=Role.COORDINATOR
    ).user


@pytest.fixture
def edith(db):
    from django.contrib.auth.models import Group

    person = UserFactory(username="edith", name="Edith", is_staff=True)
    person.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
    return person


@pytest.fixture
def olav(db):
    return UserFactory(username="olav", name="Olav", is_staff=True, is_superuser=True)


@pytest.fixture
def dilan(db):
    return UserFactory(username="dilan", name="Dilan")


@pytest.fixture
def cohort(bram, amina, organisation):
    """Bram's cohort, with Amina in it."""
    return CohortFactory(organisation=organisation, trainers=[bram], learners=[amina])


@pytest.fixture
def lesson(db):
    """A published lesson of three steps (instruction, question, do it for real), alone in its module."""
    return lesson_with_steps()
