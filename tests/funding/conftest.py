import pytest

from tests.factories.funding import ProjectFactory

ANSWERS = {"gender": "woman", "age": "30-54", "education": "isced-0-2", "work": "inactive"}


@pytest.fixture
def project(cohort, organisation):
    """It asks Bram's cohort, with Amina in it."""
    return ProjectFactory(organisation=organisation, cohorts=[cohort], name="Stap voor stap")


@pytest.fixture
def hers(client, amina):
    client.force_login(amina)
    return client
