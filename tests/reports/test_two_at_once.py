"""Two workers, two beats and a worker that is killed: each person gets each report once, on both databases."""

import os
import signal
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from people.enums import Role
from reminders import sending
from reminders.clock import BRUSSELS
from reminders.models import Letter
from reports import scheduling
from reports.enums import Rhythm
from reports.models import Delivery, Schedule
from reports.periods import Period
from tests.factories.people import MembershipFactory, OrganisationFactory
from tests.factories.reports import ScheduleFactory
from tests.scratch import Crew, at_once

pytestmark = pytest.mark.usefixtures("emptied")
DUE = datetime(2026, 12, 2, 9, tzinfo=BRUSSELS)
RECIPIENTS = 5


@pytest.fixture
def schedules(monkeypatch) -> list[Schedule]:
    """Three, to five people each."""
    monkeypatch.setattr(timezone, "now", lambda: DUE)
    organisation = OrganisationFactory()
    people = [
        MembershipFactory(
            organisation=organisation, role=Role.COORDINATOR, user__email=f"{n}@example.org"
        ).user
        for n in range(RECIPIENTS)
    ]
    return ScheduleFactory.create_batch(3, organisations=[organisation], recipients=people)


def write(now: datetime = DUE) -> int:
    return scheduling.write_due(now)


def test_two_beats_and_two_workers_send_each_report_to_each_person_once(schedules, mail_server):
    def beat() -> None:
        for n in range(5):
            scheduling.write_due(DUE + timedelta(seconds=n))
            sending.send_due()

    crew = Crew(beat, beat, sending.send_due, sending.send_due)
    mail_server.start()
    crew.go()
    assert crew.wait() == [0, 0, 0, 0]

    assert Delivery.objects.count() == Letter.objects.count() == 3 * RECIPIENTS
    assert sorted(mail_server.recipients) == sorted(
        f"{n}@example.org" for n in range(RECIPIENTS) for _ in schedules
    )


def test_of_four_sweeps_one_writes_each_schedule(schedules):
    assert sum(at_once(*[write] * 4)) == len(schedules)


def test_a_worker_killed_in_the_middle_of_a_schedule_leaves_nothing_half_done(schedules):
    def die_at_the_third_letter() -> None:
        usual, count = scheduling.write_letter, 0

        def write_letter(*args, **kwargs):
            nonlocal count
            count += 1
            if count == 3:
                os.kill(os.getpid(), signal.SIGKILL)
            return usual(*args, **kwargs)

        scheduling.write_letter = write_letter
        write()

    crew = Crew(die_at_the_third_letter)
    crew.go()
    assert crew.wait() == [-signal.SIGKILL]
    assert (Letter.objects.count(), Delivery.objects.count()) == (0, 0)

    assert write(DUE + timedelta(minutes=10)) == len(schedules)
    assert Letter.objects.count() == Delivery.objects.count() == 3 * RECIPIENTS


def test_a_change_of_rhythm_beside_the_sweep_ends_in_one_of_the_two_orders(schedules):
    one, people = schedules[0], [recipient.person for recipient in schedules[0].recipients.all()]
    change = partial(scheduling.change, one.pk, rhythm=Rhythm.QUARTER, people=people, now=DUE)

    at_once(write, change, write)

    one.refresh_from_db()
    assert one.next_month == 2027 * 12
    assert one.deliveries.count() in (0, RECIPIENTS)
    assert {delivery.first_month for delivery in one.deliveries.all()} <= {2026 * 12 + 10}


def test_two_presses_of_one_form_make_one_schedule(schedules):
    people = [recipient.person for recipient in schedules[0].recipients.all()]
    question = scheduling.question_of(schedules[0], Period(2026 * 12 + 10, 2026 * 12 + 10))
    make = partial(
        scheduling.schedule,
        question,
        figure="came",
        rhythm=Rhythm.MONTH,
        people=people,
        by=people[0],
        key=uuid4(),
        now=DUE,
    )

    assert len({made.pk for made in at_once(make, make)}) == 1
    assert Schedule.objects.count() == 4
