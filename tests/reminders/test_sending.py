import random
from datetime import timedelta

import pytest

from people.actions import choose_languages
from reminders import actions, kinds, sending, tasks
from reminders.clock import BRUSSELS
from reminders.enums import State
from reminders.models import Letter
from reminders.querysets import LEASE
from tests.factories.reminders import FRIDAY_MORNING, LetterFactory

pytestmark = pytest.mark.django_db


def test_a_letter_that_is_due_goes_out_once(reader, friday, mail_server):
    mail_server.start()
    letter = LetterFactory(person=reader)

    tasks.send_due()
    tasks.send_due()
    tasks.send_letter(letter.pk)

    letter.refresh_from_db()
    assert mail_server.recipients == ["amina@example.org"]
    assert (letter.state, letter.sent_at, letter.tries) == (State.SENT, friday, 1)


def test_one_letter_can_be_hurried(reader, friday, mail_server):
    mail_server.start()
    letter = LetterFactory(person=reader)
    LetterFactory(person=reader)

    tasks.send_letter(letter.pk)

    assert len(mail_server.letters) == 1


def test_a_letter_to_nobody_is_no_trouble(friday):
    tasks.send_letter(987654)


def test_what_mail_programs_need_to_know_stands_in_the_head(reader, friday, mail_server, settings):
    settings.BASE_URL = "https://stepin.example"
    mail_server.start()
    letter = LetterFactory(person=reader)

    sending.send_due()

    [mail] = mail_server.letters
    token = actions.preference_of(reader).token
    address = f"https://stepin.example/reminders/stop/{'-'.join(token[i : i + 4] for i in range(0, 16, 4))}/"
    assert mail["To"] == "amina@example.org"
    assert mail["Message-ID"] == letter.message_id
    assert mail["List-Unsubscribe"] == f"<{address}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "en"
    assert mail["Subject"] == "Your certificate is ready"


def test_both_parts_of_a_letter_say_the_same(reader, friday, mail_server):
    mail_server.start()
    LetterFactory(person=reader)

    sending.send_due()

    [mail] = mail_server.letters
    text = mail.get_body(("plain",)).get_content()
    page = mail.get_body(("html",)).get_content()
    assert mail.get_content_type() == "multipart/alternative"
    assert "Hello Amina N'Diaye," in text
    assert "Hello Amina N&#x27;Diaye," in page
    for sentence in (
        "You finished: E-mail.",
        "https://stepin.example/certificates/ABCD/",
        "/reminders/stop/",
    ):
        assert sentence in text
        assert sentence in page
    assert '<html lang="en" dir="ltr">' in page


@pytest.mark.parametrize("kind", ["certificate_ready", "come_back"])
def test_a_letter_fetches_nothing_from_anywhere(kind, reader, friday, mail_server, monkeypatch):
    monkeypatch.setitem(
        kinds._kinds, kind, kinds.Kind(kind, lambda letter: None, lambda letter: {"url": "x"})
    )
    mail_server.start()
    LetterFactory(person=reader, kind=kind)

    sending.send_due()

    [mail] = mail_server.letters
    page = mail.get_body(("html",)).get_content()
    assert [sign for sign in ("<img", "<link", "<script", "src=", "url(", "@import") if sign in page] == []


def test_an_arabic_letter_runs_from_right_to_left(reader, friday, mail_server):
    choose_languages(reader, help_language="ar")
    mail_server.start()
    LetterFactory(person=reader)

    sending.send_due()

    [mail] = mail_server.letters
    assert '<html lang="ar" dir="rtl">' in mail.get_body(("html",)).get_content()
    assert mail["Content-Language"] == "ar"


def test_a_letter_follows_the_language_she_reads_when_it_goes_out(reader, friday, mail_server):
    letter = LetterFactory(person=reader, language="en")
    choose_languages(reader, help_language="nl")
    mail_server.start()

    sending.send_due()

    letter.refresh_from_db()
    assert (mail_server.letters[0]["Content-Language"], letter.language) == ("nl", "nl")


def test_a_line_break_in_a_title_adds_no_header(reader, friday, mail_server, monkeypatch, tmp_path, settings):
    folder = tmp_path / "reminders" / "odd"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("About\n{{ title }}\n")
    for name in ("body.txt", "body.html"):
        (folder / name).write_text("Hello")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    odd = kinds.Kind("odd", lambda letter: None, lambda letter: {"title": "E-mail\r\nBcc: dilan@example.org"})
    monkeypatch.setitem(kinds._kinds, "odd", odd)
    mail_server.start()
    LetterFactory(person=reader, kind="odd")

    sending.send_due()

    assert mail_server.recipients == ["amina@example.org"]
    assert mail_server.letters[0]["Subject"] == "About E-mail Bcc: dilan@example.org"


@pytest.mark.parametrize(("hour", "minute", "sent"), [(8, 59, 0), (9, 0, 1), (18, 59, 1), (19, 0, 0)])
def test_the_sweep_rests_at_night(hour, minute, sent, reader, set_clock, mail_server):
    mail_server.start()
    moment = FRIDAY_MORNING.replace(hour=hour, minute=minute)
    LetterFactory(person=reader, due_at=moment - timedelta(days=1))
    set_clock(moment)

    assert sending.send_due() == sent
    assert len(mail_server.letters) == sent


def test_a_letter_hurried_at_night_waits_for_the_morning(reader, set_clock, mail_server):
    mail_server.start()
    evening = FRIDAY_MORNING.replace(hour=19)
    letter = LetterFactory(person=reader)
    set_clock(evening)

    tasks.send_letter(letter.pk)

    letter.refresh_from_db()
    assert mail_server.letters == []
    assert (letter.state, letter.due_at) == (State.DUE, FRIDAY_MORNING.replace(day=21, hour=9))


def test_no_letter_slips_past_seven_at_the_end_of_a_long_sweep(reader, mail_server):
    mail_server.start()
    LetterFactory.create_batch(3, person=reader)
    closing = FRIDAY_MORNING.replace(hour=19)

    def clock_that_reaches_seven_after_the_first_letter():
        return closing if mail_server.letters else closing - timedelta(seconds=1)

    sending.send_due(now=clock_that_reaches_seven_after_the_first_letter)

    assert len(mail_server.letters) == 1
    waiting = Letter.objects.filter(state=State.DUE, due_at=FRIDAY_MORNING.replace(day=21, hour=9))
    assert waiting.count() == 2


def test_letters_stopped_meanwhile_do_not_go_out(reader, friday, mail_server):
    mail_server.start()
    letter = LetterFactory(person=reader)
    actions.stop_letters(actions.preference_of(reader).token)

    sending.send_due()

    letter.refresh_from_db()
    assert mail_server.letters == []
    assert (letter.state, letter.dropped_reason) == (State.DROPPED, "stopped")


def test_an_address_taken_away_meanwhile_gets_nothing(reader, friday, mail_server):
    mail_server.start()
    letter = LetterFactory(person=reader)
    reader.email = ""
    reader.save()

    sending.send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.dropped_reason) == (State.DROPPED, "no-address")


def test_a_changed_address_gets_the_letter(reader, friday, mail_server):
    mail_server.start()
    LetterFactory(person=reader)
    reader.email = "new@example.org"
    reader.save()

    sending.send_due()

    assert mail_server.recipients == ["new@example.org"]


def test_the_room_that_wrote_it_may_take_it_back(reader, friday, mail_server):
    mail_server.start()
    letter = LetterFactory(person=reader, params={"drop": "finished"})

    sending.send_due()
    sending.send_due()

    letter.refresh_from_db()
    assert mail_server.letters == []
    assert (letter.state, letter.dropped_reason) == (State.DROPPED, "finished")


def test_a_dropped_letter_stays_dropped_when_letters_are_wanted_again(reader, friday, mail_server):
    mail_server.start()
    LetterFactory(person=reader)
    actions.stop_letters(actions.preference_of(reader).token)
    sending.send_due()

    actions.resume_letters(reader)
    sending.send_due()

    assert mail_server.letters == []


def test_a_claim_is_taken_up_again_when_its_worker_must_have_died(reader):
    letter = LetterFactory(person=reader)

    assert sending.claim(letter.pk, FRIDAY_MORNING)
    assert sending.claim(letter.pk, FRIDAY_MORNING) is None
    assert sending.claim(letter.pk, FRIDAY_MORNING + LEASE - timedelta(seconds=1)) is None
    assert sending.claim(letter.pk, FRIDAY_MORNING + LEASE)


def test_a_worker_that_woke_up_too_late_finds_its_letter_taken(reader, mail_server, friday):
    mail_server.start()
    letter = LetterFactory(person=reader)
    sleeper = sending.claim(letter.pk, FRIDAY_MORNING)

    assert sending.send_due(now=lambda: FRIDAY_MORNING + LEASE) == 1
    assert sending.send(sleeper, FRIDAY_MORNING + LEASE, sending.get_connection()) is False

    assert len(mail_server.letters) == 1


def test_a_mail_server_that_is_down_for_a_day_costs_no_letter_and_doubles_none(
    reader, set_clock, mail_server
):
    letter = LetterFactory(person=reader)
    moment = FRIDAY_MORNING
    while moment < FRIDAY_MORNING + timedelta(days=1):
        set_clock(moment)
        tasks.send_due()
        moment += timedelta(minutes=5)
    letter.refresh_from_db()
    assert (letter.state, letter.failing_since) == (State.DUE, FRIDAY_MORNING)
    assert 3 < letter.tries < 15
    assert letter.last_error.startswith("ConnectionRefusedError")

    mail_server.start()
    while moment < FRIDAY_MORNING + timedelta(days=3):
        set_clock(moment)
        tasks.send_due()
        moment += timedelta(minutes=5)

    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (State.SENT, "")
    assert [mail["Message-ID"] for mail in mail_server.letters] == [letter.message_id]


def test_a_mail_server_that_stays_down_is_given_up_after_four_days(reader, set_clock, mail_server):
    letter = LetterFactory(person=reader)
    moment = FRIDAY_MORNING
    while moment <= FRIDAY_MORNING + timedelta(days=5):
        set_clock(moment)
        tasks.send_due()
        letter.refresh_from_db()
        if letter.state == State.FAILED:
            break
        moment += timedelta(minutes=30)

    assert letter.state == State.FAILED
    assert timedelta(days=4) <= moment - FRIDAY_MORNING < timedelta(days=5)


def test_the_sweep_leaves_a_mail_server_in_trouble_alone(reader, friday, mail_server):
    LetterFactory.create_batch(3, person=reader)

    assert sending.send_due() == 0

    assert sorted(Letter.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_a_mailbox_that_does_not_exist_is_final(reader, friday, mail_server):
    mail_server.start()
    mail_server.answer_to_address = "550 5.1.1 No such mailbox"
    letter = LetterFactory(person=reader)

    sending.send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (State.FAILED, "550 5.1.1 No such mailbox")


@pytest.mark.parametrize("answer", ["451 4.7.1 Greylisted, come back", "550 5.7.1 Relaying denied"])
def test_a_server_that_may_change_its_mind_is_asked_again(answer, reader, set_clock, mail_server):
    mail_server.start()
    mail_server.answer_to_address = answer
    letter = LetterFactory(person=reader)
    set_clock(FRIDAY_MORNING)
    sending.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.due_at) == (State.DUE, FRIDAY_MORNING + timedelta(minutes=5))

    mail_server.answer_to_address = ""
    set_clock(FRIDAY_MORNING + timedelta(minutes=5))
    sending.send_due()

    assert len(mail_server.letters) == 1


def test_one_refused_letter_does_not_hold_up_the_others(reader, bram, friday, mail_server):
    mail_server.start()
    bram.email = "bram@example.org"
    bram.save()
    LetterFactory(person=reader)
    LetterFactory(person=bram)
    mail_server.answer_to_letter = "554 5.6.0 I do not like this one"
    assert sending.send_due() == 0
    assert set(Letter.objects.values_list("state", "tries")) == {(State.DUE, 1)}

    mail_server.answer_to_letter = ""

    assert sending.send_due(now=lambda: FRIDAY_MORNING + timedelta(minutes=5)) == 2


def test_a_letter_that_cannot_be_made_does_not_hold_up_the_others(reader, friday, mail_server):
    mail_server.start()
    broken = LetterFactory(person=reader, kind="a_kind_nobody_knows")
    LetterFactory(person=reader)

    assert sending.send_due() == 1

    broken.refresh_from_db()
    assert (broken.state, broken.due_at) == (State.DUE, FRIDAY_MORNING + timedelta(minutes=5))
    assert broken.last_error == "KeyError: 'a_kind_nobody_knows'"


def test_a_retry_that_falls_into_the_night_waits_for_the_morning(reader, set_clock, mail_server):
    letter = LetterFactory(person=reader)
    set_clock(FRIDAY_MORNING.replace(hour=18, minute=58))

    sending.send_due()

    letter.refresh_from_db()
    assert letter.due_at == FRIDAY_MORNING.replace(day=21, hour=9).astimezone(BRUSSELS)


def test_the_oldest_letters_go_first_over_one_connection(reader, friday, mail_server):
    mail_server.start()
    ages = list(range(5))
    random.Random(1).shuffle(ages)
    for hours in ages:
        LetterFactory(person=reader, due_at=FRIDAY_MORNING - timedelta(hours=hours))
    expected = list(Letter.objects.order_by("due_at").values_list("message_id", flat=True))

    sending.send_due()

    assert [mail["Message-ID"] for mail in mail_server.letters] == expected
    assert mail_server.conversations == 1


@pytest.mark.parametrize("letters", [1, 3])
def test_each_letter_costs_the_same_number_of_queries(
    letters, reader, friday, mailoutbox, django_assert_num_queries
):
    actions.preference_of(reader)
    LetterFactory.create_batch(letters, person=reader)

    with django_assert_num_queries(1 + 6 * letters):
        sending.send_due()

    assert len(mailoutbox) == letters
