import pytest
from django.db import IntegrityError, transaction

from people.actions import forget, merge_guest
from people.guests import create_guest
from people.portability import everything_about
from reminders import actions
from reminders.clock import BRUSSELS
from reminders.enums import State
from reminders.models import Letter, Preference
from tests.factories.reminders import FRIDAY_MORNING, LetterFactory

pytestmark = pytest.mark.django_db


def test_a_letter_is_a_row_that_waits(reader, friday):
    letter = actions.write_letter(reader, "certificate_ready", "ABCD", title="E-mail")

    letter.refresh_from_db()
    assert (letter.state, letter.due_at, letter.language) == (State.DUE, friday, "en")
    assert letter.params == {"title": "E-mail"}


def test_the_same_occasion_written_twice_is_one_letter(reader, friday):
    first = actions.write_letter(reader, "certificate_ready", "ABCD")
    second = actions.write_letter(reader, "certificate_ready", "ABCD")

    assert first == second
    assert Letter.objects.count() == 1


def test_the_database_itself_refuses_a_second_letter_about_one_occasion(reader):
    LetterFactory(person=reader, period="ABCD")

    with pytest.raises(IntegrityError), transaction.atomic():
        LetterFactory(person=reader, period="ABCD")


def test_a_letter_written_at_night_is_due_in_the_morning(reader, set_clock):
    set_clock(FRIDAY_MORNING.replace(hour=23))

    letter = actions.write_letter(reader, "certificate_ready", "ABCD")

    assert letter.due_at == FRIDAY_MORNING.replace(day=21, hour=9).astimezone(BRUSSELS)


def test_no_letter_is_written_without_an_address(amina):
    amina.email = ""
    amina.save()

    assert actions.write_letter(amina, "certificate_ready", "ABCD") is None
    assert not Letter.objects.exists()


def test_no_letter_is_written_after_letters_were_stopped(reader):
    actions.stop_letters(actions.preference_of(reader).token)

    assert actions.write_letter(reader, "certificate_ready", "ABCD") is None


def test_no_letter_is_written_to_a_closed_account(reader):
    reader.is_active = False
    reader.save()

    assert actions.write_letter(reader, "certificate_ready", "ABCD") is None


@pytest.mark.parametrize(
    ("help_language", "screen_language", "expected"),
    [
        ("ar", "nl", "ar"),
        ("xx", "nl", "nl"),
        ("", "fr", "fr"),
        ("", "", "en"),
        ("xx", "de", "de"),
        ("xx", "yy", "en"),
    ],
)
def test_a_letter_is_in_her_language_or_the_nearest_one_we_write(
    amina, help_language, screen_language, expected
):
    amina.help_language, amina.screen_language = help_language, screen_language

    assert actions.reading_language(amina) == expected


def test_stopping_twice_keeps_the_first_date(reader, set_clock):
    token = actions.preference_of(reader).token
    set_clock(FRIDAY_MORNING)
    actions.stop_letters(token)
    set_clock(FRIDAY_MORNING.replace(day=21))
    actions.stop_letters(token)

    assert Preference.objects.get(person=reader).email_stopped_at == FRIDAY_MORNING


def test_letters_can_be_wanted_again(reader):
    actions.stop_letters(actions.preference_of(reader).token)

    actions.resume_letters(reader)
    actions.resume_letters(reader)

    assert actions.write_letter(reader, "certificate_ready", "ABCD")


def test_a_token_stops_the_letters_of_one_person_only(reader, dilan):
    actions.preference_of(dilan)

    actions.stop_letters(actions.preference_of(reader).token)

    assert [row.person for row in Preference.objects.exclude(email_stopped_at=None)] == [reader]


def test_a_token_copied_from_paper_may_be_written_in_any_way(reader):
    token = actions.preference_of(reader).token

    assert actions.holder_of(f" {token[:4]}-{token[4:].lower()} ") == reader


def test_the_letters_of_a_guest_become_hers(reader):
    guest = create_guest()
    letter = LetterFactory(person=guest)

    merge_guest(guest, into=reader)
    merge_guest(guest, into=reader)

    assert list(reader.letters.all()) == [letter]


def test_two_halves_of_a_person_get_one_letter_about_one_occasion(reader):
    guest = create_guest()
    LetterFactory(person=guest, period="ABCD")
    hers = LetterFactory(person=reader, period="ABCD")

    merge_guest(guest, into=reader)

    assert list(Letter.objects.all()) == [hers]


def test_what_one_half_of_a_person_has_read_is_not_sent_to_the_other(reader):
    guest = create_guest()
    LetterFactory(person=guest, period="ABCD", sent=True)
    hers = LetterFactory(person=reader, period="ABCD")

    merge_guest(guest, into=reader)

    hers.refresh_from_db()
    assert (hers.state, hers.dropped_reason) == (State.DROPPED, "merged")
    assert Letter.objects.count() == 1


def test_who_stopped_letters_as_a_guest_has_stopped_them(reader):
    guest = create_guest()
    actions.stop_letters(actions.preference_of(guest).token)

    merge_guest(guest, into=reader)

    assert actions.reason_not_to_write(reader) == "stopped"


def test_the_stop_link_of_a_guest_works_after_she_signed_up(reader):
    guest = create_guest()
    token = actions.preference_of(guest).token
    merge_guest(guest, into=reader)

    actions.stop_letters(token)

    assert actions.reason_not_to_write(reader) == "stopped"


def test_letters_go_with_the_person(reader):
    LetterFactory(person=reader)
    actions.preference_of(reader)

    forget(reader)

    assert not Letter.objects.exists()
    assert not Preference.objects.exists()


def test_her_letters_are_in_her_own_copy_of_her_data(reader, dilan, friday):
    LetterFactory(person=reader, sent=True)
    LetterFactory(person=dilan)
    actions.stop_letters(actions.preference_of(reader).token)

    everything = everything_about(reader)

    assert everything["letters"] == [
        {
            "kind": "certificate_ready",
            "language": "en",
            "state": "sent",
            "written_at": "2026-11-20T09:00:00+00:00",
            "sent_at": "2026-11-20T09:00:00+00:00",
        }
    ]
    assert everything["letter_wishes"] == [{"letters_stopped_at": "2026-11-20T09:00:00+00:00"}]
