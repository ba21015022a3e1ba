"""Joining proposes, the trainer's tick is the truth, and what is said to be saved was read back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms import actions, register
from classrooms.enums import Status
from classrooms.models import Attendance, AttendanceChange
from tests.factories.courses import rows_of_steps
from tests.factories.learners import do, finish_lesson
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def url(session) -> str:
    return f"/teach/sessions/{session.pk}/attendance/"


def filled(trainer: Client, session) -> dict:
    """What the page would send as it stands."""
    fields = {}
    page = trainer.get(url(session)).context
    for form in filter(None, [*page["forms"], page["children"]]):
        for bound in form:
            fields[bound.html_name] = "" if bound.value() is None else bound.value()
            if bound.field.show_hidden_initial:
                fields[bound.html_initial_name] = fields[bound.html_name]
    return fields


def test_joining_proposes_and_nothing_is_written_yet(session, cohort, amina, trainer):
    late, away = UserFactory(name="Late"), UserFactory(name="Away")
    cohort.learners.add(late, away)
    actions.join(session, amina, now=session.opened_at + timedelta(minutes=9))
    actions.join(session, late, now=session.opened_at + timedelta(minutes=25))

    proposed = {line.learner.name: (line.status, line.minutes_late) for line in register.lines(session)}

    assert proposed == {"Amina": ("present", None), "Late": ("late", 25), "Away": ("absent", None)}
    trainer.get(url(session))
    assert not AttendanceChange.objects.exists()


def test_one_button_saves_what_is_proposed_and_says_what_is_kept(session, amina, trainer, bram):
    actions.join(session, amina, now=session.opened_at)

    page = trainer.post(url(session), filled(trainer, session), follow=True).content.decode()

    assert "Saved: 1 person." in page
    assert Attendance.objects.get().status == Status.PRESENT
    change = AttendanceChange.objects.get()
    assert (change.by, change.status) == (bram, "present")


def test_saved_again_nothing_changes_and_a_correction_is_logged(session, amina, trainer):
    trainer.post(url(session), filled(trainer, session))
    trainer.post(url(session), filled(trainer, session))
    assert AttendanceChange.objects.count() == 1

    fields = filled(trainer, session) | {f"{amina.pk}-status": "late", f"{amina.pk}-minutes_late": "15"}
    trainer.post(url(session), fields)

    logged = AttendanceChange.objects.order_by("pk").values_list("status", "minutes_late")
    assert list(logged) == [("absent", None), ("late", 15)]


def test_two_trainers_keep_each_others_ticks(session, cohort, amina, trainer, celia):
    other = UserFactory(name="Zoe")
    cohort.learners.add(other)
    cohort.trainers.add(celia)
    trainer.post(url(session), filled(trainer, session))
    second = Client()
    second.force_login(celia)
    mine, hers = filled(trainer, session), filled(second, session)

    trainer.post(url(session), mine | {f"{amina.pk}-status": "present"})
    second.post(url(session), hers | {f"{other.pk}-status": "excused"})

    kept = dict(Attendance.objects.values_list("person", "status"))
    assert kept == {amina.pk: "present", other.pk: "excused"}


def test_what_was_only_proposed_writes_over_nobodys_tick(session, cohort, amina, trainer, celia):
    other = UserFactory(name="Zoe")
    cohort.learners.add(other)
    cohort.trainers.add(celia)
    second = Client()
    second.force_login(celia)
    mine, hers = filled(trainer, session), filled(second, session)

    second.post(url(session), hers | {f"{amina.pk}-status": "present"})
    page = trainer.post(url(session), mine | {f"{other.pk}-status": "excused"}, follow=True)

    kept = dict(Attendance.objects.values_list("person", "status"))
    assert kept == {amina.pk: "present", other.pk: "excused"}
    html = page.content.decode()
    assert "Please look again: Amina" in html
    assert "Saved: 1 person." in html


def test_two_trainers_who_agree_have_both_saved(session, amina, trainer):
    fields = filled(trainer, session)

    for _ in range(2):
        page = trainer.post(url(session), fields, follow=True).content.decode()
        assert "Saved: 1 person." in page
        assert "Please look again" not in page

    assert AttendanceChange.objects.count() == 1


def test_an_older_page_takes_no_count_of_children_away(session, trainer):
    session.childcare_places = 4
    session.save()
    blank = filled(trainer, session)
    assert 'name="initial-children_came"' in trainer.get(url(session)).content.decode()

    def counted(fields) -> int | None:
        assert trainer.post(url(session), fields).status_code == 302
        session.refresh_from_db()
        return session.children_came

    assert counted(blank | {"children_came": "3"}) == 3
    assert counted(blank) == 3
    assert counted(filled(trainer, session) | {"children_came": "2"}) == 2
    assert counted(filled(trainer, session) | {"children_came": ""}) is None


def test_late_without_minutes_is_asked_for_and_keeps_what_was_ticked(session, amina, trainer):
    response = trainer.post(url(session), filled(trainer, session) | {f"{amina.pk}-status": "late"})

    assert response.status_code == 422
    assert "How many minutes late?" in response.content.decode()
    assert response.context["forms"][0]["status"].value() == "late"
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("minutes", ["-1", "many", "99999"])
def test_minutes_that_cannot_be_are_refused(session, amina, trainer, minutes):
    fields = filled(trainer, session) | {f"{amina.pk}-status": "late", f"{amina.pk}-minutes_late": minutes}
    assert trainer.post(url(session), fields).status_code == 422


def test_who_left_the_cohort_since_keeps_her_line(session, cohort, amina):
    actions.join(session, amina, now=session.opened_at)
    cohort.learners.clear()
    assert [line.learner for line in register.lines(session)] == [amina]


def test_the_summary_counts_minutes_steps_and_lessons_of_the_session(
    session, cohort, amina, bram, trainer, lesson
):
    late = UserFactory(name="Late")
    cohort.learners.add(late)
    start = session.opened_at
    for person, status, minutes in ((amina, Status.PRESENT, None), (late, Status.LATE, 20)):
        actions.tick(session, person, status=status, minutes_late=minutes, by=bram, now=start)
    finish_lesson(amina, lesson, at=start + timedelta(minutes=10))
    do(late, rows_of_steps(1)[0], at=start - timedelta(days=1))
    actions.close_session(session, now=start + timedelta(minutes=90))
    session.refresh_from_db()

    results = register.results(session, now=timezone.now() + timedelta(hours=2))

    assert [(one.learner, one.minutes, one.steps, one.lessons) for one in results] == [
        (amina, 90, 3, [lesson.number]),
        (late, 70, 0, []),
    ]
    page = trainer.get(f"/teach/sessions/{session.pk}/").content.decode()
    assert "What we did" in page


def test_steps_at_home_after_it_closed_itself_count_in_no_class(cohort, amina, bram):
    now = timezone.now()
    session = actions.open_session(cohort, by=bram, now=now - timedelta(hours=10))
    in_class, at_home = rows_of_steps(2)
    do(amina, in_class, at=session.opened_at + timedelta(hours=1))
    do(amina, at_home, at=session.closes_at + timedelta(hours=1))

    [result] = register.results(session, now=now)

    assert session.closed_at is None
    assert result.steps == 1


def test_the_list_is_counted_with_one_and_with_three(session, cohort, trainer, django_assert_max_num_queries):
    def count() -> int:
        with django_assert_max_num_queries(14) as counted:
            trainer.get(url(session))
        return len(counted)

    one = count()
    cohort.learners.add(*UserFactory.create_batch(2))
    assert count() == one
