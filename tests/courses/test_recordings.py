import re

import pytest
from django.core.files.storage import default_storage

from courses import library, recordings
from courses.models import Recording
from courses.sound_files import NotUsable
from courses.spoken import explanation_id, parts_of
from tests.factories.courses import instruction, lesson_with_steps, page_of, republish
from tests.factories.people import UserFactory
from tests.factories.sounds import mp4, webm

pytestmark = pytest.mark.django_db


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks(execute=True)


def parts(lesson, number=1, language="en"):
    reading = library.find_lesson(lesson.module.slug, lesson.slug, language)
    step, _language = reading.step(reading.steps[number - 1])
    return list(parts_of(step))


def record(lesson, number=1, language="en", content=None, part=0, by=None):
    return recordings.keep(
        lesson, parts(lesson, number, language)[part], language, content or webm(), by=by or UserFactory()
    )


def shown(client, lesson, number=1, language="en", **query) -> str:
    library.forget_readings()
    return client.get(f"/{language}/{lesson.module.slug}/{lesson.slug}/{number}/", query).content.decode()


def sounds(text: str) -> list[str]:
    return re.findall(r'data-sound="([^"]+)"', text)


def change(lesson, **value):
    page = page_of(lesson)
    steps = page.body.get_prep_value()
    steps[0]["value"].update(value)
    republish(page, steps)


# Hearing


def test_a_step_without_a_recording_says_nothing_of_one(client, lesson):
    text = shown(client, lesson)

    assert "<listen-button" in text
    assert (sounds(text), "data-is-recorded" in text, "<audio" in text) == ([], False, False)


def test_a_recorded_step_is_played_by_script_and_without(client, lesson):
    url = record(lesson).file.url

    text = shown(client, lesson)

    assert set(sounds(text)) == {url}
    assert "data-is-recorded" in text
    assert f'<noscript><audio controls preload="none" src="{url}"></audio></noscript>' in text


def test_another_step_and_another_language_stay_silent(client, lesson):
    record(lesson)

    assert sounds(shown(client, lesson, 2)) == []
    assert "data-is-recorded" not in shown(client, lesson, 3)
    record(lesson, 2, "nl")
    assert sounds(shown(client, lesson, 2)) == []


def test_a_voice_in_her_language_is_heard_where_the_text_is_not_translated_yet(client, lesson):
    english, arabic = record(lesson), record(lesson, language="ar")

    assert set(sounds(shown(client, lesson, language="ar"))) == {arabic.file.url}
    assert set(sounds(shown(client, lesson, language="fr"))) == {english.file.url}


def test_each_answer_and_each_explanation_has_its_own_voice(client, lesson):
    urls = [record(lesson, 2, part=part).file.url for part in range(5)]
    answers = page_of(lesson).body[1].value["answers"].bound_blocks

    text = shown(client, lesson, 2)
    told = shown(client, lesson, 2, tried=str(answers[1].id))

    assert sounds(text) == [urls[0], urls[1], urls[3]]
    assert sounds(told) == [urls[0], urls[4], urls[1], urls[3]]
    assert text.count("<audio controls") == 3


def test_the_name_of_an_explanation_is_made_from_its_answers_and_never_changes():
    assert explanation_id("3f0b8a04-3fd3-4ac1-8a3f-9f4a6d2b8b11") == "bde44bc0-1ab7-5485-9658-348048aba575"


def test_what_another_process_recorded_is_heard_within_seconds(client, lesson, monkeypatch):
    shown(client, lesson)
    url = record(lesson).file.url  # nobody told this process: nothing was committed
    address = f"/en/{lesson.module.slug}/{lesson.slug}/1/"
    assert url not in client.get(address).content.decode()

    now = library.monotonic() + library._SECONDS_KEPT
    monkeypatch.setattr(library, "monotonic", lambda: now)

    assert url in client.get(address).content.decode()


# Texts that change


def test_when_a_line_changes_the_voice_is_played_still_and_marked(client, lesson):
    url = record(lesson).file.url
    change(lesson, text="Now it is gone.")

    assert set(sounds(shown(client, lesson))) == {url}
    line = recordings.lines_of(lesson, "en")[0].lines[0]
    assert (line.is_stale, line.is_silent) == (True, False)


def test_when_the_title_changes_the_voice_is_silent_until_somebody_says_it_fits(client, lesson):
    recording = record(lesson)
    change(lesson, title="Click “Delete”.")

    assert sounds(shown(client, lesson)) == []
    line = recordings.lines_of(lesson, "en")[0].lines[0]
    assert (line.is_stale, line.is_silent) == (True, True)

    recordings.confirm(recording, line.part)

    assert set(sounds(shown(client, lesson))) == {recording.file.url}
    assert not recordings.lines_of(lesson, "en")[0].lines[0].is_stale


def test_when_an_answer_changes_its_voice_does_not_say_the_old_one(client, lesson):
    urls = [record(lesson, 2, part=part).file.url for part in range(5)]
    page = page_of(lesson)
    steps = page.body.get_prep_value()
    steps[1]["value"]["answers"][0]["value"]["text"] = "Neither"
    republish(page, steps)

    assert sounds(shown(client, lesson, 2)) == [urls[0], urls[3]]


# Keeping


def test_the_same_sent_twice_is_kept_once(lesson):
    content = webm()
    for _ in range(2):
        record(lesson, content=content)

    folder = f"recordings/{lesson.key}"
    assert Recording.objects.count() == len(default_storage.listdir(folder)[1]) == 1


def test_recorded_again_it_has_another_name_and_the_old_file_goes(lesson, commits):
    with commits:
        before, after = record(lesson), record(lesson, content=mp4(3))

    row = Recording.objects.get()
    assert row.file.name == after.file.name != before.file.name
    assert (row.content_type, row.seconds, row.size_bytes) == ("audio/mp4", 3, len(mp4(3)))
    assert default_storage.exists(after.file.name)
    assert not default_storage.exists(before.file.name)


def test_what_is_no_sound_changes_nothing(lesson):
    kept = record(lesson)

    with pytest.raises(NotUsable):
        record(lesson, content=b"hello")

    assert [row.file.name for row in Recording.objects.all()] == [kept.file.name]


def test_thrown_away_it_is_gone_with_its_file(client, lesson, commits):
    recording = record(lesson)
    with commits:
        recordings.throw_away(recording)

    assert not Recording.objects.exists()
    assert not default_storage.exists(recording.file.name)
    assert sounds(shown(client, lesson)) == []


def test_a_person_who_leaves_takes_her_name_along_and_leaves_her_voice(lesson, bram):
    record(lesson, by=bram)

    bram.delete()

    assert Recording.objects.get().recorded_by is None


# Counting


def test_languages_that_telephones_seldom_speak_come_first(settings):
    settings.LANGUAGES = [("ar", ""), ("en", ""), ("ps", ""), ("nl", ""), ("ti", "")]
    settings.LANGUAGES_SELDOM_SPOKEN = ["ti", "ps"]

    assert recordings.languages() == ["ti", "ps", "ar", "en", "nl"]


def test_every_text_is_counted_in_every_language(lesson):
    """Three steps, and two answers with what is told after them."""
    record(lesson)
    record(lesson, 2, part=3)
    record(lesson, language="nl")
    change(lesson, text="Something new.")

    (row,) = recordings.counts()

    counts = {code: (count.total, count.recorded, count.stale) for code, count in row.counts.items()}
    assert counts["en"] == (7, 2, 1)
    assert counts["nl"] == (7, 1, 1)
    assert counts["ar"] == (7, 0, 0)
    assert recordings.count_of(lesson, "en") == row.counts["en"]


def test_ten_lessons_cost_as_many_queries_as_one(lesson, django_assert_num_queries):
    recordings.counts()
    with django_assert_num_queries(4):
        recordings.counts()
    for _ in range(9):
        record(lesson_with_steps(steps=[instruction()]))
    recordings.counts()
    with django_assert_num_queries(4):
        recordings.counts()


def test_a_lesson_that_is_taken_along_brings_its_voices(lesson):
    other = lesson_with_steps()
    mine = [record(lesson), record(lesson, 2)]
    record(lesson, language="nl")
    record(other)

    assert recordings.pack_files([lesson.key], "en") == [(row.file.url, row.size_bytes) for row in mine]


# Serving


@pytest.fixture
def recording(lesson):
    return record(lesson, content=webm(5))


def test_a_recording_is_served_with_its_type_and_kept_for_a_year(client, recording):
    response = client.get(recording.file.url, headers={"Accept-Encoding": "gzip"})

    assert (response.status_code, response["Content-Type"]) == (200, "audio/webm")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(response.content) == recording.size_bytes


@pytest.mark.parametrize(
    ("asked", "status", "piece"),
    [
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-4", 206, slice(-4, None)),
        ("bytes=0-999999", 206, slice(0, None)),
        ("bytes=999999-", 416, slice(0, 0)),
        ("bytes=5-2", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
        ("bytes=-", 200, slice(0, None)),
        ("bytes=0-1,4-5", 200, slice(0, None)),
        ("seconds=1-2", 200, slice(0, None)),
    ],
)
def test_telephones_that_ask_for_pieces_get_them(client, recording, asked, status, piece):
    whole = client.get(recording.file.url).content

    response = client.get(recording.file.url, headers={"Range": asked, "Accept-Encoding": "gzip"})

    assert response.status_code == status
    assert response.content == whole[piece]
    assert int(response["Content-Length"]) == len(response.content)


@pytest.mark.parametrize("name", ["nothing.webm", "../secret-key", "%2e%2e/secret-key", "a/../../x", ""])
def test_what_is_no_recording_is_not_found(client, name):
    assert client.get(f"/media/recordings/{name}").status_code == 404


def test_pages_of_learners_allow_no_sound_from_elsewhere(client, lesson):
    response = client.get(f"/en/{lesson.module.slug}/{lesson.slug}/1/")

    assert "media-src" not in response["Content-Security-Policy"]
    assert "default-src 'self'" in response["Content-Security-Policy"]
