"""Apart from learning data, under a pseudonym, gone with its person and with its project."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import DateField, DateTimeField, ForeignKey
from django.utils import timezone

from funding import actions, counting
from funding.access import sheet_of, sheets_of
from funding.models import Project, Sheet
from funding.pseudonyms import pseudonym_of
from funding.questions import NOT_SAID, QUESTIONS
from people.actions import forget, merge_guest
from people.portability import everything_about
from tests.factories.funding import ProjectFactory
from tests.factories.people import UserFactory
from tests.funding.conftest import ANSWERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(db):
    return UserFactory(guest=True)


def test_a_row_points_at_nobody_and_tells_no_time(project, amina):
    fields = Sheet._meta.get_fields()

    assert [one.name for one in fields if isinstance(one, ForeignKey)] == ["project"]
    assert [one.name for one in fields if isinstance(one, DateField | DateTimeField)] == []
    assert Sheet._meta.pk.name == "pseudonym"


def test_a_table_without_the_key_of_the_site_names_nobody(project, amina, settings):
    actions.save(project, amina, ANSWERS)
    settings.SECRET_KEY = "another-" * 8

    assert sheet_of(project, amina) is None
    assert Sheet.objects.count() == 1


def test_one_person_has_another_pseudonym_in_each_project(amina):
    assert pseudonym_of(1, amina.key) != pseudonym_of(2, amina.key)
    assert pseudonym_of(1, amina.key) != pseudonym_of(1, uuid4())


def test_a_page_is_sent_whole_or_not_at_all(project):
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.create(pk="a" * 64, project=project, gender="woman")


def test_her_own_copy_has_her_answers_in_words(project, amina, dilan):
    actions.save(project, amina, ANSWERS)

    [row] = everything_about(amina)["funding"]
    assert row == {
        "project": "Stap voor stap",
        "for": "ESF+ Flanders",
        "deleted after": project.ends_on.isoformat(),
        "gender": "Women",
        "age": "30 to 54",
        "education": "ISCED 0 to 2",
        "work": "inactive",
    }
    assert everything_about(dilan)["funding"] == []


def test_it_goes_with_her_account(project, amina, dilan):
    actions.save(project, amina, ANSWERS)
    actions.save(project, dilan, ANSWERS)

    forget(amina)

    assert list(Sheet.objects.all()) == [sheet_of(project, dilan)]


def test_what_a_guest_said_goes_with_her_into_her_account(project, amina, guest):
    actions.save(project, guest, ANSWERS)

    merge_guest(guest, into=amina)

    assert sheet_of(project, amina).gender == "woman"
    assert Sheet.objects.count() == 1


def test_what_she_said_under_her_own_name_stands(project, amina, guest):
    actions.save(project, guest, {**ANSWERS, **{question.id: "no" for question in QUESTIONS[4:]}})
    actions.save(project, amina, {**dict.fromkeys(ANSWERS, NOT_SAID), "age": "18-29"})

    merge_guest(guest, into=amina)
    merge_guest(guest, into=amina)

    sheet = sheet_of(project, amina)
    assert (sheet.gender, sheet.age, sheet.working) == (NOT_SAID, "18-29", "no")
    assert Sheet.objects.count() == 1


def test_merging_asks_the_same_with_one_project_and_with_three(amina, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def merge(projects):
        guest = UserFactory(guest=True)
        for project in projects:
            actions.save(project, guest, ANSWERS)
        with CaptureQueriesContext(connection) as asked:
            merge_guest(guest, into=UserFactory())
        return len(asked)

    none = merge([])
    first = ProjectFactory()
    one, one_answered = merge([]), merge([first])
    others = ProjectFactory.create_batch(2)

    assert merge([]) == one
    assert none <= one
    assert merge([first, *others]) == one_answered
    assert Sheet.objects.count() == 4


def test_what_is_closed_beside_the_merging_gets_no_new_answers(project, amina, guest, monkeypatch):
    """A sheet in a closed project would stay for ever: nothing looks there any more."""
    other = ProjectFactory()
    for one in (project, other):
        actions.save(one, guest, ANSWERS)

    def read_and_close(person):
        found = sheets_of(person)
        if person == guest:
            actions.close(project.pk, lambda _project: {"kept": 1}, now=timezone.now())
        return found

    monkeypatch.setattr(actions, "sheets_of", read_and_close)
    merge_guest(guest, into=amina)

    assert [sheet.project for sheet in Sheet.objects.all()] == [other]
    assert sheet_of(other, amina).gender == "woman"


def test_a_project_is_answered_from_the_first_page_on_whoever_leaves_later(project, amina):
    assert not Project.objects.get().is_answered

    actions.say_nothing(project, amina)
    forget(amina)

    assert Project.objects.get().is_answered
    assert not Sheet.objects.exists()


def test_nobody_is_counted_who_did_not_take_part(project, amina, dilan, guest):
    actions.save(project, amina, ANSWERS)
    actions.save(project, dilan, ANSWERS)

    counts = counting.count(project, [amina.key, guest.key])

    assert counts.people == 2
    assert counts.answers["age"] == {("woman", "30-54"): 1, ("", ""): 1}
    assert counts.of("work") == {"inactive": 1, "": 1}


def test_closing_keeps_the_table_and_deletes_what_people_said(project, amina):
    other = ProjectFactory()
    for one in (project, other):
        actions.save(one, amina, ANSWERS)
    now = timezone.now()

    assert actions.close(project.pk, lambda _project: {"kept": 1}, now=now)
    assert not actions.close(project.pk, lambda _project: {"kept": 2}, now=now)

    project.refresh_from_db()
    assert (project.final, project.closed_at, project.is_on) == ({"kept": 1}, now, False)
    assert [sheet.project for sheet in Sheet.objects.all()] == [other]
    with pytest.raises(actions.ProjectClosed):
        actions.save(project, amina, ANSWERS)
    actions.switch(project, is_on=True)
    assert not Project.objects.get(pk=project.pk).is_on


def test_the_version_before_can_make_a_project_still(organisation):
    """A process of it may run on for a moment while another machine upgrades."""
    before = MigrationLoader(None).project_state(("funding", "0001_projects_and_sheets")).apps
    day = timezone.localdate()

    before.get_model("funding", "Project").objects.create(
        organisation_id=organisation.pk, name="Stap", programme="ESF+", begins_on=day, ends_on=day
    )

    assert not Project.objects.get().is_answered


def test_what_cannot_be_counted_is_not_deleted(project, amina):
    actions.save(project, amina, ANSWERS)

    def fail(project):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        actions.close(project.pk, fail, now=timezone.now())

    assert Sheet.objects.count() == 1
    assert Project.objects.over(project.ends_on + timedelta(days=1)).get() == project
