import pytest
from django.utils import timezone

from learners.models import Enrolment
from people.enums import Role
from tests.factories.courses import lesson_with_steps, page_of, question, republish
from tests.factories.learners import CohortFactory, do, finish_lesson
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_trainer(organisation):
    """She works in the same house and leads another cohort."""
    person = MembershipFactory(
        user=UserFactory(username="els", name="Els"), organisation=organisation, role=Role.TRAINER
    ).user
    CohortFactory(organisation=organisation, trainers=[person], name="Els her cohort")
    return person


@pytest.mark.parametrize("who", ["amina", "dilan", "celia", "edith", "olav"])
def test_whoever_leads_nobody_finds_nothing_here(client, request, cohort, who):
    client.force_login(request.getfixturevalue(who))

    for url in ("/teach/", "/teach/calls/", f"/teach/{cohort.pk}/"):
        assert not_found(client, url)


def not_found(client, url):
    return client.get(url).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, cohort):
    for url in ("/teach/", "/teach/calls/", f"/teach/{cohort.pk}/"):
        response = client.get(url)
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={url}")


def test_another_trainer_sees_her_own_cohorts_and_not_this_one(client, other_trainer, cohort):
    client.force_login(other_trainer)

    text = client.get("/teach/").content.decode()

    assert "Els her cohort" in text
    assert cohort.name not in text
    assert not_found(client, f"/teach/{cohort.pk}/")
    assert not_found(client, "/teach/999999/")


def test_a_cohort_that_ended_is_no_longer_shown(client, bram, cohort):
    client.force_login(bram)
    cohort.ended_at = timezone.now()
    cohort.save()

    assert client.get("/teach/").status_code == 200
    assert not_found(client, f"/teach/{cohort.pk}/")


def test_a_trainer_sees_how_many_learn_with_her(client, bram, cohort):
    cohort.learners.add(UserFactory(), UserFactory())
    cohort.trainers.add(UserFactory())
    client.force_login(bram)

    assert client.get("/teach/").context["cohorts"] == [(cohort, 3)]


def cells(client, cohort):
    table = client.get(f"/teach/{cohort.pk}/").context["table"]
    return [
        (row.learner.name, [(cell.steps_completed, cell.steps, cell.is_complete) for cell in row.cells])
        for row in table.rows
    ]


def test_the_table_shows_every_learner_on_every_module(client, bram, cohort, amina, lesson):
    other = lesson_with_steps()
    finish_lesson(amina, lesson)
    do(amina, other.steps.first())
    cohort.learners.add(UserFactory(name="Zahra"))
    do(UserFactory(name="Nobody of hers"), *lesson.steps.all())
    client.force_login(bram)

    assert cells(client, cohort) == [
        ("Amina", [(3, 3, True), (1, 3, False)]),
        ("Zahra", [(0, 3, False), (0, 3, False)]),
    ]


def test_no_cell_says_more_than_all(client, bram, cohort, amina, lesson):
    do(amina, *lesson.steps.all()[:2])
    republish(page_of(lesson), [*page_of(lesson).body.get_prep_value()[:1], question()])
    client.force_login(bram)

    assert cells(client, cohort) == [("Amina", [(1, 2, False)])]


def test_a_lesson_that_moved_is_counted_where_it_is_taught(client, bram, cohort, amina, lesson):
    other = lesson_with_steps()
    finish_lesson(amina, lesson)
    lesson.module = other.module
    lesson.save()
    client.force_login(bram)

    assert sorted(cells(client, cohort)[0][1]) == [(0, 0, True), (3, 6, False)]


def test_the_table_costs_the_same_with_one_learner_and_with_three(client, bram, cohort, amina, lesson):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(bram)
    url = f"/teach/{cohort.pk}/"
    finish_lesson(amina, lesson)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for name in ("Basma", "Chen"):
        learner = UserFactory(name=name)
        cohort.learners.add(learner)
        finish_lesson(learner, lesson)
    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(one) == len(three) <= 20
    assert Enrolment.objects.count() == 3
