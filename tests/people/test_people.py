import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["email", "phone", "name"])
def test_many_people_may_leave_it_empty(field):
    UserFactory(**{field: ""})
    UserFactory(**{field: ""})

    assert User.objects.filter(**{field: ""}).count() == 2


def test_many_guests_have_no_user_name():
    UserFactory(guest=True)
    UserFactory(guest=True)

    assert User.objects.filter(username=None).count() == 2


@pytest.mark.parametrize(
    ("field", "first", "second"),
    [
        ("email", "amina@example.org", "amina@example.org"),
        ("email", "amina@example.org", "Amina@Example.org"),
        ("phone", "+3221234567", "+3221234567"),
        ("username", "amina", "amina"),
    ],
)
def test_what_is_set_belongs_to_one_person(field, first, second):
    UserFactory(**{field: first})

    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(**{field: second})


def test_the_editor_is_told_instead_of_seeing_an_error_page():
    UserFactory(email="amina@example.org")
    second = UserFactory(email="")
    second.email = "AMINA@example.org"

    with pytest.raises(ValidationError):
        second.full_clean()


def test_a_person_is_shown_by_her_name_else_her_user_name():
    assert str(UserFactory(name="Amina", username="a1")) == "Amina"
    assert str(UserFactory(name="", username="b2")) == "b2"
    assert str(UserFactory(guest=True)) == "Guest"
