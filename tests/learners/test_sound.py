import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses import recordings
from courses.models import Recording
from learners.access import may_record
from people.actions import forget
from people.enums import Role
from people.portability import everything_about
from tests.factories.courses import lesson_with_steps, page_of, republish
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.sounds import webm

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_microphone(client, bram):
    client.force_login(bram)
    return client


def address(lesson, language="en"):
    return f"/teach/sound/{lesson.pk}/{language}/"


def first_part(lesson) -> str:
    return recordings.lines_of(lesson, "en")[0].lines[0].part.id


def send(client, lesson, content=None, language="en", **fields):
    sound = {"sound": SimpleUploadedFile("voice", webm() if content is None else content)}
    fields = {"part": first_part(lesson), "wish": "keep", **(sound if content != "" else {}), **fields}
    return client.post(address(lesson, language), fields)


# Who may


@pytest.mark.parametrize("who", ["bram", "edith", "olav"])
def test_trainers_and_editors_may_record(who, request):
    assert may_record(request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["amina", "dilan", "celia"])
def test_nobody_else_finds_anything_here(who, request, client, lesson):
    person = request.getfixturevalue(who)
    client.force_login(person)

    answers = [client.get("/teach/sound/"), client.get(address(lesson)), send(client, lesson)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert not Recording.objects.exists()


def test_a_visitor_is_asked_to_sign_in(client, lesson):
    assert send(client, lesson)["Location"].startswith("/accounts/login/")
    assert not Recording.objects.exists()


def test_a_trainer_of_another_organisation_may_record_the_same_lessons(client, lesson):
    """Lessons belong to nobody in particular; the page says that everybody hears what is recorded."""
    els = UserFactory(name="Els")
    MembershipFactory(user=els, organisation=OrganisationFactory(), role=Role.TRAINER)
    client.force_login(els)

    assert send(client, lesson).status_code == 302
    assert Recording.objects.get().recorded_by == els


def test_without_the_forms_token_nothing_is_kept(bram, lesson):
    from django.test import Client

    stern = Client(enforce_csrf_checks=True)
    stern.force_login(bram)

    assert send(stern, lesson).status_code == 403
    assert not Recording.objects.exists()


# What she does


def test_she_keeps_a_recording_and_reads_how_long_it_is(at_microphone, lesson, bram):
    response = send(at_microphone, lesson, webm(7))

    assert response["Location"] == f"{address(lesson)}#part-{first_part(lesson)}"
    text = at_microphone.get(address(lesson)).content.decode()
    assert Recording.objects.get().file.url in text
    assert "7 seconds" in text
    assert "Bram" in text
    assert "All learners hear what you record here." in text


def test_she_sends_it_twice_and_it_is_kept_once(at_microphone, lesson):
    content = webm()
    for _ in range(2):
        assert send(at_microphone, lesson, content).status_code == 302

    assert Recording.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hello", "This is no sound file that works here."),
        (webm(200), "This is too long."),
        (webm(0), "We hear nothing in this file."),
        (webm() + bytes(1_000_000), "This file is too large."),
        (b"", "Record something or choose a file first."),
        ("", "Record something or choose a file first."),
    ],
)
def test_she_is_told_beside_the_text_why_a_file_cannot_be_kept(at_microphone, lesson, content, told):
    response = send(at_microphone, lesson, content)

    assert response.status_code == 422
    assert response.content.decode().count(told) == 1
    assert not Recording.objects.exists()


@pytest.mark.parametrize("fields", [{"wish": "sing"}, {"wish": ""}])
def test_a_wish_nobody_knows_changes_nothing(at_microphone, lesson, fields):
    assert send(at_microphone, lesson, **fields).status_code == 422
    assert not Recording.objects.exists()


@pytest.mark.parametrize("part", ["", "x", "3f0b8a04-3fd3-4ac1-8a3f-9f4a6d2b8b11"])
def test_a_text_that_is_gone_is_said_in_words(at_microphone, lesson, part):
    response = at_microphone.post(address(lesson), {"part": part, "wish": "keep"}, follow=True)

    assert "This text is gone." in response.content.decode()


def test_she_deletes_a_recording_and_deleting_again_is_no_error(at_microphone, lesson):
    send(at_microphone, lesson)
    for _ in range(2):
        assert send(at_microphone, lesson, "", wish="delete").status_code == 302

    assert not Recording.objects.exists()


def test_she_says_that_an_old_recording_still_fits(at_microphone, lesson):
    send(at_microphone, lesson)
    page = page_of(lesson)
    steps = page.body.get_prep_value()
    steps[0]["value"]["title"] = "Press “Send”."
    republish(page, steps)
    assert "Learners do not hear it now." in at_microphone.get(address(lesson)).content.decode()

    send(at_microphone, lesson, "", wish="fits")

    assert "It still fits" not in at_microphone.get(address(lesson)).content.decode()


@pytest.mark.parametrize(
    "path", ["/teach/sound/999999/en/", "/teach/sound/{pk}/xx/", "/teach/sound/{pk}/so/"]
)
def test_a_lesson_or_language_that_is_not_taught_is_not_found(at_microphone, lesson, path):
    assert at_microphone.get(path.format(pk=lesson.pk)).status_code == 404


def test_only_this_page_may_play_what_was_recorded_in_it(at_microphone, lesson):
    policies = [
        at_microphone.get(path)["Content-Security-Policy"]
        for path in (address(lesson), "/teach/sound/", "/teach/")
    ]

    assert ["media-src 'self' blob:" in policy for policy in policies] == [True, False, False]


# The list


def test_the_list_begins_with_the_language_that_needs_voices_most(at_microphone, lesson, settings):
    settings.LANGUAGES_SELDOM_SPOKEN = ["nl"]

    text = at_microphone.get("/teach/sound/").content.decode()

    assert address(lesson, "nl") in text
    assert "0 of 7 texts have a voice." in text


@pytest.mark.parametrize("language", ["xx", "", "<script>"])
def test_a_language_nobody_knows_shows_the_first(at_microphone, lesson, language):
    response = at_microphone.get("/teach/sound/", {"language": language})

    assert address(lesson, recordings.languages()[0]) in response.content.decode()


def test_the_list_costs_the_same_for_one_lesson_and_for_three(
    at_microphone, lesson, django_assert_max_num_queries
):
    def cost() -> int:
        at_microphone.get("/teach/sound/")
        with django_assert_max_num_queries(100) as captured:
            at_microphone.get("/teach/sound/")
        return len(captured)

    one = cost()
    for _ in range(2):
        lesson_with_steps()

    assert cost() == one


def test_an_editor_comes_here_from_the_lesson_she_writes(client, edith, lesson):
    client.force_login(edith)

    text = client.get(f"/admin/pages/{page_of(lesson).pk}/edit/").content.decode()

    assert address(lesson) in text
    assert "0 of 7 texts have a voice." in text


# Her data


def test_what_she_recorded_is_in_her_own_copy_and_her_name_goes_with_her(at_microphone, lesson, bram):
    send(at_microphone, lesson)
    assert [row["language"] for row in everything_about(bram)["recordings"]] == ["en"]

    forget(bram)

    assert Recording.objects.get().recorded_by is None
