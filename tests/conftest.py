"""The same people everywhere: Amina learns, Bram trains, Celia coordinates, Edith edits, Olav operates,
Dilan is a stranger."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from courses import contents, glossary, library
from people import reviews
from people.enums import Role
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory


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
