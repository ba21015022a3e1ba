from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from courses.models import Module
from learners import reminding, tasks
from learners.models import Enrolment, ModuleCompletion
from reminders import actions, sending
from reminders.clock import BRUSSELS
from reminders.enums import State
from reminders.models import Letter

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=BRUSSELS)
LAST = NOW - timedelta(days=14)


@pytest.fixture(autouse=True)
def _now(set_clock):
    set_clock(NOW)


@pytest.fixture
def sweep(set_clock):
    def sweep(moment: datetime = NOW) -> None:
        set_clock(moment)
        tasks.write_reminders()

    return sweep


@pytest.fixture
def reader(amina):
    """Amina, now that she has an address."""
    amina.name, amina.email, amina.help_language = "Amina", "amina@example.org", "en"
    amina.save()
    return amina


def module(title: str = "E-mail") -> Module:
    return Module.objects.create(key=uuid4(), number="2", title=title, slug=title.lower())


def learn(person, last_at: datetime | None, of: Module | None = None) -> Enrolment:
    return Enrolment.objects.create(
        person=person, module=of or module(), started_at=last_at or NOW, last_attempt_at=last_at
    )


def finish(enrolment: Enrolment, at: datetime) -> None:
    ModuleCompletion.objects.create(enrolment=enrolment, happened_at=at, received_at=at, contents={})


def occasions() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("period", flat=True))


# Who gets a letter


@pytest.mark.parametrize(
    ("silence", "expected"),
    [
        (timedelta(days=13, hours=23, minutes=59), []),
        (timedelta(days=14), ["2026-11-06+14"]),
        (timedelta(days=29, hours=23), ["2026-10-21+14"]),
        (timedelta(days=30), ["2026-10-21+30"]),
        (timedelta(days=400), ["2025-10-16+30"]),
    ],
    ids=["almost two weeks", "two weeks", "almost a month", "a month", "a year"],
)
def test_who_stopped_gets_one_letter(silence, expected, reader, sweep):
    learn(reader, NOW - silence)

    sweep()
    sweep()

    assert occasions() == expected


def test_a_silence_brings_two_letters_and_never_a_third(reader, sweep):
    learn(reader, LAST)

    for days in range(0, 120, 4):
        sweep(NOW + timedelta(days=days))

    assert occasions() == ["2026-11-06+14", "2026-11-06+30"]


def test_a_new_silence_is_a_new_occasion(reader, sweep):
    enrolment = learn(reader, LAST)
    sweep()
    enrolment.last_attempt_at = NOW + timedelta(days=1)
    enrolment.save()

    for days in range(0, 60, 5):
        sweep(NOW + timedelta(days=days))

    assert occasions() == ["2026-11-06+14", "2026-11-21+14", "2026-11-21+30"]


def test_the_day_she_stopped_is_a_day_in_brussels(reader, sweep):
    learn(reader, datetime(2026, 11, 1, 0, 30, tzinfo=BRUSSELS))

    sweep()
    sweep()

    assert occasions() == ["2026-11-01+14"]


def test_one_letter_a_person_not_one_a_module(reader, sweep):
    learn(reader, LAST, of=module("E-mail"))
    learn(reader, LAST - timedelta(days=40), of=module("Forms"))

    sweep()

    assert occasions() == ["2026-11-06+14"]


def test_who_works_on_another_module_has_not_stopped(reader, sweep):
    learn(reader, LAST, of=module("E-mail"))
    other = learn(reader, NOW - timedelta(days=1), of=module("Forms"))
    finish(other, NOW - timedelta(days=1))

    sweep()

    assert occasions() == []


def test_who_finished_everything_has_not_stopped(reader, sweep):
    finish(learn(reader, LAST), LAST)

    sweep()

    assert occasions() == []


def test_who_never_began_has_not_stopped(reader, sweep):
    learn(reader, None)

    sweep()

    assert occasions() == []


def test_a_retired_module_is_nothing_to_come_back_to(reader, sweep):
    old = module()
    learn(reader, LAST, of=old)
    Module.objects.filter(pk=old.pk).update(retired_at=NOW)

    sweep()

    assert occasions() == []


def test_who_has_no_address_or_wants_no_letters_gets_none(reader, bram, sweep):
    bram.email = ""
    bram.save()
    learn(bram, LAST)
    learn(reader, LAST)
    actions.stop_letters(actions.preference_of(reader).token)

    sweep()

    assert occasions() == []


def test_a_backlog_is_written_to_over_several_sweeps(reader, bram, sweep, monkeypatch):
    monkeypatch.setattr(reminding, "SWEEP_PEOPLE", 1)
    bram.email = "bram@example.org"
    bram.save()
    learn(reader, LAST)
    learn(bram, LAST)

    sweep()
    assert Letter.objects.count() == 1
    sweep()
    sweep()

    assert {letter.person for letter in Letter.objects.all()} == {reader, bram}


def test_the_sweep_asks_for_who_is_new_only(reader, sweep, django_assert_num_queries):
    learn(reader, LAST)
    sweep()

    with django_assert_num_queries(2):
        sweep()


# What becomes of a letter until it goes out


def test_the_letter_says_when_what_and_where_in_her_language(reader, sweep, mailoutbox):
    reader.help_language = "nl"
    reader.save()
    learn(reader, LAST)
    sweep()

    sending.send_due()

    [mail] = mailoutbox
    assert "6 november 2026" in mail.body
    assert "E-mail" in mail.body
    assert f"{settings.BASE_URL}/me/" in mail.body
    assert '<html lang="nl" dir="ltr">' in mail.alternatives[0].content


def test_only_the_second_letter_says_it_is_the_last(reader, sweep, mailoutbox):
    learn(reader, LAST)
    sweep()
    sending.send_due()
    sweep(NOW + timedelta(days=16))
    sending.send_due()

    assert ["We do not write again" in mail.body for mail in mailoutbox] == [False, True]


def test_only_who_has_a_trainer_is_sent_to_her(reader, cohort, sweep, mailoutbox):
    learn(reader, LAST)
    sweep()
    sending.send_due()
    cohort.learners.clear()
    sweep(NOW + timedelta(days=16))
    sending.send_due()

    assert ["Ask your trainer" in mail.body for mail in mailoutbox] == [True, False]


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (lambda enrolment: finish(enrolment, NOW), "finished"),
        (lambda enrolment: Enrolment.objects.update(last_attempt_at=NOW), "active-since"),
        (lambda enrolment: Module.objects.update(retired_at=NOW), "finished"),
    ],
    ids=["she finished", "she came back", "the module was retired"],
)
def test_a_letter_that_is_not_true_any_more_does_not_go_out(meanwhile, reason, reader, sweep, mailoutbox):
    enrolment = learn(reader, LAST)
    sweep()

    meanwhile(enrolment)
    sending.send_due()

    letter = Letter.objects.get()
    assert mailoutbox == []
    assert (letter.state, letter.dropped_reason) == (State.DROPPED, reason)


def test_a_letter_held_up_until_the_next_is_due_leaves_the_word_to_it(reader, sweep, mailoutbox):
    learn(reader, LAST)
    sweep()
    sweep(NOW + timedelta(days=16))

    sending.send_due()

    assert list(Letter.objects.order_by("pk").values_list("dropped_reason", flat=True)) == ["overtaken", ""]
    assert len(mailoutbox) == 1
