"""Practice under the eyes of a trainer."""

import pytest
from django.utils import timezone

from classrooms import supervising
from classrooms.models import Supervision
from people.actions import merge_guest
from people.guests import create_guest
from tests.factories.courses import lesson_with_steps
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def url(session):
    return f"/teach/sessions/{session.pk}/practice/"


def test_ticked_once_and_taken_back(trainer, session, lesson, amina, bram):
    sent = {"learner": amina.pk, "module": lesson.module.pk, "do": "tick"}

    for _ in range(2):
        trainer.post(url(session), sent)

    row = Supervision.objects.get()
    assert (row.person, row.module, row.by, row.session) == (amina, lesson.module, bram, session)
    assert "did it alone" in trainer.get(url(session), {"module": lesson.module.pk}).content.decode()
    trainer.post(url(session), sent | {"do": "withdraw"})
    row.refresh_from_db()
    assert row.withdrawn_by == bram
    trainer.post(url(session), sent)
    assert Supervision.objects.standing().count() == 1


def test_whoever_is_not_of_the_class_cannot_be_ticked(trainer, session, lesson, dilan):
    for learner in (dilan.pk, "", "x", "9" * 30):
        answer = trainer.post(url(session), {"learner": learner, "module": lesson.module.pk, "do": "tick"})
        assert answer.status_code == 404

    assert trainer.get(url(session), {"module": "77777"}).status_code == 404
    assert Supervision.objects.count() == 0


def test_it_goes_along_when_a_guest_becomes_somebody(session, lesson, amina, bram):
    other = lesson_with_steps()
    guest = create_guest()
    now = timezone.now()
    for person, module in ((amina, lesson.module), (guest, lesson.module), (guest, other.module)):
        supervising.tick(session, person, module, by=bram, now=now)

    merge_guest(guest, into=amina)

    assert sorted(Supervision.objects.values_list("person", "module")) == sorted(
        [(amina.pk, lesson.module.pk), (amina.pk, other.module.pk)]
    )


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same(trainer, session, lesson, bram, size, django_assert_num_queries):
    for person in UserFactory.create_batch(size - 1):
        session.cohort.learners.add(person)
        supervising.tick(session, person, lesson.module, by=bram, now=timezone.now())
    trainer.get(url(session))
    with django_assert_num_queries(12):
        trainer.get(url(session))
