"""What the made-up people did can be believed, and follows from their attempts."""

from collections import Counter

import pytest
from django.db.models import F, Sum

from certificates import supervision
from certificates.attending import issue_attendance
from certificates.issuing import without_credential
from certificates.models import Credential
from classrooms.models import Attendance, Session
from learners.models import Attempt, Cohort, Enrolment, LessonCompletion, ModuleCompletion, StepCompletion
from learners.rollups import rebuild_all
from operations.region_people import NAMES_OF, SHARES
from operations.region_year import end_of_clock
from papers.signs import unprintable
from people.models import Membership, User
from tests.factories.courses import instruction, lesson_with_steps, module_page, practice
from tests.operations.small_region import UNTIL, demo_data, teach


@pytest.fixture
def content(db):
    teach()


@pytest.mark.parametrize("seed", [1, 2])
def test_rebuilding_progress_finds_nothing_to_set_right(content, seed):
    demo_data(learners=300, seed=seed)

    assert list(rebuild_all()) == []
    assert ModuleCompletion.objects.exists()


def test_rebuilding_from_attempts_alone_makes_the_same_completions(content):
    demo_data(learners=200)

    def facts():
        return [
            set(StepCompletion.objects.values_list("enrolment", "step", "happened_at", "received_at")),
            set(LessonCompletion.objects.values_list("enrolment", "lesson", "title", "steps", "happened_at")),
            {
                (row.enrolment_id, str(row.contents), row.happened_at)
                for row in ModuleCompletion.objects.all()
            },
        ]

    before = facts()
    StepCompletion.objects.all().delete()
    LessonCompletion.objects.all().delete()
    ModuleCompletion.objects.all().delete()
    list(rebuild_all())

    assert facts() == before


def test_attempts_stand_in_the_module_of_their_lesson(content):
    demo_data(learners=200)

    assert not Attempt.objects.exclude(enrolment__module=F("step__lesson__module")).exists()


def test_everybody_is_there_and_nobody_can_sign_in(content):
    demo_data(learners=450)
    staff = Membership.objects.values_list("user")

    assert User.objects.exclude(pk__in=staff).count() == 450
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert not User.objects.exclude(username=None, email="", phone="").exists()


def test_nothing_happened_after_the_clock_ended(content):
    demo_data(learners=300)
    end = end_of_clock(UNTIL)

    assert not Attempt.objects.filter(received_at__gt=end).exists()
    assert not Attempt.objects.filter(received_at__lt=F("happened_at")).exists()
    assert not Session.objects.filter(opened_at__isnull=False, closed_at__gt=end).exists()
    assert Session.objects.filter(starts_at__gt=end, opened_at=None).exists()


def test_cohorts_have_six_to_twelve_learners_and_some_people_two(content):
    demo_data(learners=400)
    sizes = Counter(Cohort.learners.through.objects.values_list("cohort_id", flat=True)).values()
    cohorts = Counter(Cohort.learners.through.objects.values_list("user_id", flat=True)).values()

    assert min(sizes) >= 6
    assert max(sizes) <= 12
    assert max(cohorts) == 2


def test_few_classes_begin_in_summer(content):
    demo_data(learners=1200)
    months = Counter(day.month for day in Session.objects.values_list("starts_at", flat=True))

    assert months[7] + months[8] < 0.1 * (months[2] + months[3])


def test_attendance_drops_off_and_nobody_is_late_without_minutes(content):
    demo_data(learners=400)
    statuses = Counter(Attendance.objects.values_list("status", flat=True))

    assert statuses["present"] > statuses["absent"] > statuses["late"] > 0
    assert not Attendance.objects.filter(status="late", minutes_late=None).exists()
    assert not Attendance.objects.exclude(status="late").exclude(minutes_late=None).exists()


def test_steps_take_longer_in_languages_seldom_spoken(content):
    demo_data(learners=800)

    def seconds(*languages):
        sums = Enrolment.objects.filter(person__help_language__in=languages).aggregate(
            seconds=Sum("seconds_spent"), attempts=Sum("attempts_made")
        )
        return sums["seconds"] / sums["attempts"]

    assert seconds("ti", "ps") > 1.2 * seconds("fr", "en")


def test_everybody_with_a_name_who_finished_holds_a_certificate_that_nobody_need_print(content):
    demo_data(learners=300)

    assert Credential.objects.filter(kind="achievement").exists()
    assert Credential.objects.filter(kind="attendance").exists()
    assert without_credential() == []
    assert not Credential.objects.unprinted().exists()


def test_what_certificates_say_is_what_the_site_would_say(content):
    demo_data(learners=300)
    before = set(Credential.objects.values_list("pk", flat=True))
    attested = Cohort.objects.filter(credentials__kind="attendance").distinct()

    supervision.follow_all()
    for cohort in attested:
        issue_attendance(cohort, now=end_of_clock(UNTIL))

    assert Credential.objects.filter(is_supervised=True).exists()
    assert set(Credential.objects.values_list("pk", flat=True)) == before


def test_practices_report_what_a_simulator_would(db):
    from courses.simulators import clean_result

    lesson_with_steps(module_page(), [instruction(), practice()])
    demo_data()
    reported = [row for row in Attempt.objects.values_list("practice", flat=True) if row]

    assert reported
    assert [clean_result(row) for row in reported] == reported


def test_every_name_can_be_printed():
    assert [name for names in NAMES_OF.values() for name in names if unprintable(name)] == []
    assert SHARES.keys() == NAMES_OF.keys()
