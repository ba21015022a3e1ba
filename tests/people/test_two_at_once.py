"""Two browsers in the same moment: processes of their own, on both databases."""

from functools import partial

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from learners.models import Attempt, Enrolment
from people.actions import merge_guest
from people.models import User
from tests.factories.courses import rows_of_steps
from tests.factories.learners import do, event, raw
from tests.factories.people import UserFactory
from tests.scratch import at_once

MANY = 4
TABLES = (Session, EmailAddress, EmailConfirmation)


@pytest.fixture(scope="module", autouse=True)
def _tables_of_others(scratch):
    with connection.schema_editor() as editor:
        for model in TABLES:
            editor.create_model(model)
    Client().get("/accounts/signup/")  # what a first request loads, each process would load for itself


@pytest.fixture(autouse=True)
def _empty(emptied):
    yield
    for model in TABLES:
        model.objects.all().delete()


@pytest.fixture
def amina():
    return UserFactory(username="amina", name="Amina")


@pytest.fixture
def dilan():
    return UserFactory(username="dilan")


def sign_up(**fields) -> int:
    client = Client()
    return client.post("/accounts/signup/", {"password1": "stepping-stones-7", **fields}).status_code


def test_one_user_name_taken_by_many_at_once_is_given_to_one_and_nobody_sees_an_error():
    answers = at_once(*[partial(sign_up, username="amina")] * MANY)

    assert sorted(answers) == [200] * (MANY - 1) + [302]
    assert User.objects.filter(username="amina").count() == 1


def test_one_address_taken_by_many_at_once_is_given_to_one_and_nobody_sees_an_error():
    answers = at_once(
        *[partial(sign_up, username=f"amina{n}", email="amina@example.org") for n in range(MANY)]
    )

    assert sorted(answers) == [200] * (MANY - 1) + [302]
    assert User.objects.filter(email="amina@example.org").count() == User.objects.count() == 1


def test_a_guest_claimed_by_two_people_at_once_goes_whole_to_one(amina, dilan):
    guest = UserFactory(guest=True)
    do(guest, *rows_of_steps(4))

    at_once(*[partial(merge_guest, guest, into=amina), partial(merge_guest, guest, into=dilan)] * 3)

    owner = User.objects.get(pk=guest.pk).merged_into
    enrolment = Enrolment.objects.get()
    assert enrolment.person == owner
    assert (enrolment.attempts_made, enrolment.steps_completed) == (4, 4)


def test_she_signs_in_from_many_tabs_at_once_with_one_cookie(amina):
    step = rows_of_steps(1)[0]
    visitor = Client()
    visitor.post("/progress/", {"events": [raw(event(step))]}, content_type="application/json")

    def sign_in() -> int:
        tab = Client()
        tab.cookies.load({name: cookie.value for name, cookie in visitor.cookies.items()})
        return tab.post("/accounts/login/", {"login": "amina", "password": "step-by-step"}).status_code

    assert at_once(*[sign_in] * MANY) == [302] * MANY
    assert Attempt.objects.get().enrolment.person == amina
    assert Enrolment.objects.count() == 1
