"""The person's own side of a merge; what becomes of progress stands in tests/learners/test_merging.py."""

import pytest

from learners.models import Attempt, Enrolment
from people.actions import forget, merge_guest
from people.models import User
from tests.factories.learners import do
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(db):
    return UserFactory(guest=True)


def test_name_and_languages_of_the_guest_fill_what_is_empty_only(amina):
    new = UserFactory(username="new", name="")

    merge_guest(
        UserFactory(guest=True, name="A. from class", help_language="fr", screen_language="fr"), into=amina
    )
    merge_guest(UserFactory(guest=True, name="Karim", help_language="ar", screen_language="nl"), into=new)

    amina.refresh_from_db()
    new.refresh_from_db()
    assert (amina.name, amina.help_language, amina.screen_language) == ("Amina", "ar", "nl")
    assert (new.name, new.help_language, new.screen_language) == ("Karim", "ar", "nl")


def test_merging_again_does_not_bring_back_a_name_she_has_taken_away(guest, amina):
    merge_guest(guest, into=amina)
    User.objects.filter(pk=guest.pk).update(name="Old")
    amina.name = "New"
    amina.save()

    merge_guest(guest, into=amina)

    amina.refresh_from_db()
    assert amina.name == "New"


def test_merging_somebody_with_herself_changes_nothing(guest, lesson):
    do(guest, lesson.steps.first())

    merge_guest(guest, into=guest)

    assert User.objects.get(pk=guest.pk).merged_into is None
    assert Enrolment.objects.get().person == guest


def test_a_merged_guest_stays_with_the_first_person(guest, amina, dilan):
    merge_guest(guest, into=amina)

    merge_guest(guest, into=dilan)

    assert User.objects.get(pk=guest.pk).merged_into == amina


def test_who_can_sign_in_is_never_swallowed(amina, dilan):
    with pytest.raises(ValueError, match="guest"):
        merge_guest(amina, into=dilan)

    assert User.objects.get(pk=amina.pk).merged_into is None


def test_who_leaves_takes_what_came_from_her_guests_too(guest, amina, dilan, lesson):
    do(guest, lesson.steps.first())
    do(dilan, lesson.steps.first())
    merge_guest(guest, into=amina)

    forget(amina)

    assert list(User.objects.all()) == [dilan]
    assert Attempt.objects.get().enrolment.person == dilan
