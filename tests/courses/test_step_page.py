import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import library
from learners.models import StepCompletion
from tests.factories.courses import instruction, lesson_with_steps, page_of, question, real
from tests.factories.learners import do, finish_lesson
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_texts():
    library._texts.clear()
    library.forget_readings()


def address(lesson, number=1, language="en"):
    return f"/{language}/{lesson.module.slug}/{lesson.slug}/{number}/"


def statements(client, url) -> int:
    """What it costs when nobody has just looked the lesson up."""
    library.forget_readings()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def fields_of(text):
    form = text[text.index('action="/progress/"') :]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_anyone_reads_the_first_step_without_cookie_or_account(client, lesson):
    response = client.get(address(lesson))

    assert response.status_code == 200
    assert "Click “Send”." in response.content.decode()
    assert "stepin_person" not in response.cookies


def test_the_step_says_which_it_is(client, lesson):
    step = lesson.steps.first()

    text = client.get(address(lesson)).content.decode()

    assert f'data-lesson="{lesson.key}"' in text
    assert f'data-step="{step.block_id}"' in text


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_every_language_has_the_same_address(client, lesson, language):
    response = client.get(address(lesson, language=language))

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


def test_without_javascript_one_form_leads_through_the_lesson(client, amina, lesson):
    """Next, the right answer, I did it: every form is taken from the page before it is sent."""
    client.force_login(amina)
    answers = page_of(lesson).body[1].value["answers"].bound_blocks
    right = next(answer.id for answer in answers if answer.value["correct"])
    for number in (1, 2, 3):
        text = client.get(address(lesson, number)).content.decode()
        fields = fields_of(text) | ({"answer": right} if number == 2 else {})
        response = client.post("/progress/", fields)
        wanted = {1: address(lesson, 2), 2: address(lesson, 2), 3: address(lesson)[:-2]}[number]
        assert response["Location"].startswith(wanted)

    assert StepCompletion.objects.filter(enrolment__person=amina).count() == 3
    assert amina.enrolments.get().lessons_completed == 1


def test_each_showing_of_a_form_is_another_event(client, lesson):
    first, second = (fields_of(client.get(address(lesson)).content.decode())["id"] for _ in range(2))

    assert first != second


def test_a_wrong_answer_is_explained_and_can_be_tried_again(client, lesson):
    answers = page_of(lesson).body[1].value["answers"].bound_blocks
    right, wrong = sorted(answers, key=lambda answer: not answer.value["correct"])

    told = client.get(f"{address(lesson, 2)}?tried={wrong.id}").content.decode()
    assert wrong.value["explain"] in told
    assert right.value["explain"] not in told
    assert 'type="radio"' in told

    praised = client.get(f"{address(lesson, 2)}?tried={right.id}").content.decode()
    assert right.value["explain"] in praised
    assert 'type="radio"' not in praised


@pytest.mark.parametrize("tried", ["", "nothing", "<script>alert(1)</script>", "%00"])
def test_an_answer_that_does_not_exist_is_no_error(client, lesson, tried):
    response = client.get(address(lesson, 2), {"tried": tried})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_the_right_answer_is_not_told_before_it_is_given(client, lesson):
    text = client.get(address(lesson, 2)).content.decode()

    assert "Yes." not in text
    assert "correct" not in text


def test_what_an_editor_writes_is_shown_as_text(client):
    lesson = lesson_with_steps(steps=[instruction("<b>bold</b> & co", text="<script>alert(1)</script>")])

    text = client.get(address(lesson)).content.decode()

    assert "&lt;b&gt;bold&lt;/b&gt; &amp; co" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize("number", [0, 4, 99, 10**12])
def test_a_number_beyond_the_lesson_shows_the_way_back(client, lesson, number):
    response = client.get(address(lesson, number))

    assert response.status_code == 404
    assert reverse("courses:lesson", args=[lesson.module.slug, lesson.slug]) in response.content.decode()


def test_an_unknown_language_is_not_found(client, lesson):
    assert client.get(address(lesson, language="xx")).status_code == 404
    assert client.get("/xx/", follow=True).status_code == 404


@pytest.mark.parametrize("url", ["/en/no/", "/en/no/no/", "/en/no/no/1/"])
def test_what_never_was_is_not_found(client, lesson, url):
    response = client.get(url)

    assert response.status_code == 404
    assert "404.html" in [template.name for template in response.templates]


def test_a_lesson_that_is_away_says_so(client, lesson):
    page_of(lesson).unpublish()

    for url in (address(lesson), address(lesson)[:-2]):
        response = client.get(url)
        assert response.status_code == 404
        assert "courses/away.html" in [template.name for template in response.templates]


def test_a_lesson_under_another_module_is_not_found(client, lesson):
    other = lesson_with_steps()

    assert client.get(f"/en/{other.module.slug}/{lesson.slug}/1/").status_code == 404


def test_a_learner_sees_her_own_stones_and_nobody_elses(client, amina, dilan, lesson):
    do(amina, *lesson.steps.all()[:2])

    for person, done in ((amina, 2), (dilan, 0), (amina, 2)):
        client.force_login(person)
        text = client.get(address(lesson)).content.decode()
        assert text.count("stone--done") == done
    client.logout()
    assert client.get(address(lesson)).content.decode().count("stone--done") == 0


def test_a_step_page_of_a_signed_in_learner_costs_eight_statements_at_most(client, amina, cohort, lesson):
    """The same with three lessons, three classmates and twelve steps as with one of each."""
    client.force_login(amina)
    client.get(address(lesson))
    alone = statements(client, address(lesson))
    for _ in range(2):
        finish_lesson(amina, lesson_with_steps())
        classmate = UserFactory()
        cohort.learners.add(classmate)
        finish_lesson(classmate, lesson)
    blocks = [step for _ in range(4) for step in (instruction(), question(), real())]
    long = lesson_with_steps(steps=blocks)
    finish_lesson(amina, long)
    client.get(address(long))

    assert statements(client, address(lesson)) == alone
    assert [statements(client, address(long, number)) for number in (1, 2, 3, 12)] == [alone] * 4
    assert alone <= 8


def test_a_step_page_of_a_visitor_costs_three_statements_at_most(client, lesson):
    client.get(address(lesson))

    assert statements(client, address(lesson)) <= 3


def test_a_lesson_page_costs_the_same_with_three_steps_and_with_twelve(client, amina, lesson):
    client.force_login(amina)
    do(amina, lesson.steps.first())
    long = lesson_with_steps(steps=[instruction() for _ in range(12)])
    do(amina, long.steps.first())
    counts = []
    for shown in (lesson, long):
        url = address(shown)[:-2]
        client.get(url)
        counts.append(statements(client, url))

    assert counts[0] == counts[1] <= 12
