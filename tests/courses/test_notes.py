"""Notes about a step: trainers and coordinators write them, editors mark them done."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import notes
from courses.models import Step, StepNote
from tests.factories.courses import page_of, republish, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(lesson):
    return Step.objects.filter(lesson=lesson).first()


@pytest.fixture
def note(step, bram):
    return notes.write(
        step, "Nobody finds it.", language="uk", by=bram, organisation="Wegwijs vzw", key=uuid4()
    )


def write(client, step, **more):
    form = {"text": "The word is wrong.", "language": "ti", "key": str(uuid4()), **more}
    return client.post(reverse("learners:note", args=[step.pk]), form)


@pytest.mark.parametrize("writer", ["bram", "celia"])
def test_trainers_and_coordinators_write_a_note(client, step, cohort, request, writer):
    person = request.getfixturevalue(writer)
    client.force_login(person)

    answer = write(client, step)

    note = StepNote.objects.get()
    assert answer.url == "/teach/notes/"
    assert (note.step, note.text, note.language, note.by) == (step, "The word is wrong.", "ti", person)
    assert note.organisation == "Wegwijs vzw"


def test_a_note_that_is_sent_twice_is_one(client, bram, step):
    client.force_login(bram)
    key = str(uuid4())

    write(client, step, key=key)
    write(client, step, key=key)

    assert StepNote.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"text": ""}, {"text": "x" * 301}, {"language": "xx"}, {"key": "1"}])
def test_what_was_typed_stays_when_it_cannot_be_taken(client, bram, step, wrong):
    client.force_login(bram)

    answer = write(client, step, **{"text": "Half a note", **wrong})

    assert answer.status_code == 422
    assert wrong.get("text", "Half a note") in answer.content.decode()
    assert not StepNote.objects.exists()


def test_the_form_asks_for_no_names_and_knows_the_language(client, bram, step, lesson):
    client.force_login(bram)

    html = client.get(reverse("learners:note", args=[step.pk]), {"language": "uk"}).content.decode()

    assert "no names of people" in html
    assert '<option value="uk" selected>' in html
    assert step.title in html
    assert f"/{lesson.module.slug}/{lesson.slug}/1/" in html


def test_strangers_and_learners_find_nothing(client, step, note, amina, dilan, edith):
    for person in (amina, dilan, edith):
        client.force_login(person)
        assert client.get("/teach/notes/").status_code == 404
        assert write(client, step).status_code == 404

    assert StepNote.objects.count() == 1


def test_the_writer_sees_her_own_notes_and_that_they_are_done(client, bram, celia, edith, note):
    client.force_login(bram)
    assert "Not done yet" in client.get("/teach/notes/").content.decode()

    notes.mark_done(note, by=edith)

    html = client.get("/teach/notes/").content.decode()
    assert "Nobody finds it." in html
    assert "Done on" in html
    client.force_login(celia)
    assert "Nobody finds it." not in client.get("/teach/notes/").content.decode()


def test_a_step_to_write_about_is_found_by_its_lesson(client, bram, lesson, step):
    client.force_login(bram)

    html = client.get("/teach/notes/", {"lesson": lesson.pk}).content.decode()

    assert f'href="{reverse("learners:note", args=[step.pk])}"' in html
    assert client.get("/teach/notes/", {"lesson": "9" * 30}).status_code == 200


def test_editors_find_open_notes_beside_the_lesson_and_in_a_list(at_desk, note, lesson, step):
    page = translated(lesson, "uk")

    beside = at_desk.get(reverse("wagtailadmin_pages:edit", args=[page_of(lesson).pk])).content.decode()
    listed = at_desk.get("/admin/notes/").content.decode()

    assert "Nobody finds it." in beside
    assert f'href="/admin/notes/#note-{note.pk}"' in beside
    assert "Nobody finds it." in listed
    assert "Wegwijs vzw" in listed
    assert (
        f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}#block-{step.block_id}-section"' in listed
    )


def test_done_is_one_tap_and_can_be_undone(at_desk, edith, note):
    address = reverse("courses_admin:note", args=[note.pk])

    at_desk.post(address, {"do": "done"})
    note.refresh_from_db()
    assert note.done_by == edith
    html = at_desk.get("/admin/notes/").content.decode()
    assert re.search(r"Done in the last two weeks.*Undo", html, re.DOTALL)

    at_desk.post(address, {"do": "undo"})
    note.refresh_from_db()
    assert (note.done_at, note.done_by) == (None, None)


def test_who_was_first_has_done_it(note, edith, olav):
    notes.mark_done(note, by=edith)
    notes.mark_done(note, by=olav)

    note.refresh_from_db()
    assert note.done_by == edith


@pytest.mark.parametrize("who", ["bram", "celia", "dilan"])
def test_only_editors_mark_notes_done(client, note, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.post(reverse("courses_admin:note", args=[note.pk]), {"do": "done"}).status_code in (
        302,
        403,
    )
    assert client.get("/admin/notes/").status_code in (302, 403)
    note.refresh_from_db()
    assert note.done_at is None


def test_staff_who_edit_no_page_mark_nothing_done(client, note, edith):
    from django.contrib.auth.models import Group, Permission

    desk = Group.objects.create(name="Desk")
    desk.permissions.add(Permission.objects.get(codename="access_admin"))
    edith.groups.set([desk])
    client.force_login(edith)

    client.post(reverse("courses_admin:note", args=[note.pk]), {"do": "done"})

    note.refresh_from_db()
    assert note.done_at is None


def test_a_note_outlives_its_step_and_its_writer(at_desk, note, lesson, bram):
    page = page_of(lesson)
    republish(page, list(page.body.raw_data)[1:])
    bram.delete()

    html = at_desk.get("/admin/notes/").content.decode()

    assert "Nobody finds it." in html
    assert "Wegwijs vzw" in html


def test_a_note_about_a_step_that_was_taken_away_can_still_be_written(client, bram, step):
    Step.objects.filter(pk=step.pk).update(retired_at=timezone.now())
    client.force_login(bram)

    assert (
        "a step that was taken away" in client.get(reverse("learners:note", args=[step.pk])).content.decode()
    )


def test_the_list_asks_the_same_of_the_database_for_more_notes(
    at_desk, step, note, bram, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    at_desk.get("/admin/notes/")
    with CaptureQueriesContext(connection) as few:
        at_desk.get("/admin/notes/")
    for _ in range(2):
        notes.write(step, "More.", language="", by=bram, organisation="Wegwijs vzw", key=uuid4())

    with django_assert_num_queries(len(few)):
        at_desk.get("/admin/notes/")


def test_her_notes_are_in_her_own_copy(client, bram, note):
    client.force_login(bram)

    [copy] = client.get("/me/data.json").json()["notes"]

    assert copy["note"] == "Nobody finds it."
