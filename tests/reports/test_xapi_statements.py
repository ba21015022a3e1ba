"""What learned people did, as xAPI says it: its shape, its names, and nothing about who they are."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid1, uuid4

import pytest

from learners.actions import record_events
from learners.models import Attempt
from reports.xapi_names import Pseudonyms
from reports.xapi_records import batches, page
from reports.xapi_statements import Writer
from tests.factories.courses import instruction, lesson_with_steps, practice, question, real
from tests.factories.learners import CohortFactory, do, event, finish_module
from tests.factories.people import OrganisationFactory, UserFactory
from tests.reports.xapi import check_statement

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 3, 10, 0, 0, 123456, tzinfo=UTC)


def told(organisation, *, limit=1000):
    records, _has_more = page(
        organisation.pk, since=None, after=None, until=AT + timedelta(days=99), limit=limit
    )
    return [json.loads(one) for one in Writer(organisation.pk).statements(records)]


@pytest.fixture
def module(cohort, amina):
    """Amina has finished it."""
    module = lesson_with_steps(steps=[instruction(), question(), practice(), real()]).module
    finish_module(amina, module, at=AT)
    return module


def test_every_statement_has_what_the_specification_requires(organisation, module):
    statements = told(organisation)

    assert len(statements) == 6
    for statement in statements:
        check_statement(statement)


def test_each_kind_of_step_has_its_verb_and_its_type(organisation, module):
    said = [
        (
            statement["verb"]["id"].rpartition("/")[2],
            statement["object"]["definition"]["type"].rpartition("/")[2],
        )
        for statement in told(organisation)
    ]

    assert sorted(said) == [
        ("answered", "question"),
        ("completed", "lesson"),
        ("completed", "module"),
        ("completed", "performance"),
        ("experienced", "media"),
        ("passed", "simulation"),
    ]


def test_a_mark_below_one_is_a_score_and_no_success(organisation, cohort, amina):
    asked, practised = lesson_with_steps(steps=[question(), practice()]).steps.live()
    do(amina, asked, at=AT, mark=0.5, seconds=31)
    do(amina, practised, at=AT + timedelta(minutes=1), mark=0.25)

    answered, failed = told(organisation)

    assert answered["result"] == {"score": {"scaled": 0.5}, "success": False, "duration": "PT31S"}
    assert failed["verb"]["id"] == "http://adlnet.gov/expapi/verbs/failed"


def test_a_try_keeps_its_key_and_both_its_times(organisation, cohort, amina, lesson):
    key = uuid4()
    step = lesson.steps.live().first()
    record_events(
        amina, [event(step, key=key, happened_at=AT)], received_at=AT + timedelta(hours=3, microseconds=1)
    )

    [statement] = told(organisation)

    assert statement["id"] == str(key)
    assert statement["timestamp"] == "2026-11-03T10:00:00.123456Z"
    assert statement["stored"] == "2026-11-03T13:00:00.123457Z"


@pytest.mark.parametrize(
    "key",
    [
        UUID(int=0),
        UUID(int=2**128 - 1),
        UUID("019aaf00-0000-7000-8000-000000000000"),
        UUID("00000000-0000-4000-c000-000000000046"),
    ],
    ids=["nothing", "all ones", "version 7", "another variant"],
)
def test_a_key_that_stores_refuse_is_told_as_one_they_take(organisation, cohort, amina, lesson, key):
    step = lesson.steps.live().first()
    do(amina, step, at=AT, key=key, mark=0.5)
    do(amina, step, at=AT, key=uuid1(), mark=0.5)

    statements = told(organisation)

    for statement in statements:
        check_statement(statement)
    assert str(key) not in {statement["id"] for statement in statements}
    assert told(organisation) == statements


def test_a_step_says_its_lesson_and_its_module_by_keys_that_stay(organisation, module, settings):
    lesson = module.lessons.get()
    [answered] = [one for one in told(organisation) if one["verb"]["display"] == {"en": "answered"}]

    wholes = answered["context"]["contextActivities"]
    assert [one["id"] for one in wholes["parent"]] == [f"{settings.BASE_URL}/xapi/lesson/{lesson.key}"]
    assert [one["id"] for one in wholes["grouping"]] == [f"{settings.BASE_URL}/xapi/module/{module.key}"]
    assert answered["object"]["id"].startswith(f"{settings.BASE_URL}/xapi/step/{lesson.key}/")


def test_the_same_is_said_with_the_same_ids_each_time(organisation, module):
    statements = told(organisation)

    assert told(organisation) == statements
    assert len({statement["id"] for statement in statements}) == len(statements)


def test_a_person_is_one_name_here_and_another_one_elsewhere(organisation, settings):
    elsewhere = OrganisationFactory()
    person, other = uuid4(), uuid4()
    names = Pseudonyms(organisation.pk)

    assert names.of(person) == Pseudonyms(organisation.pk).of(person)
    assert names.of(person) != names.of(other)
    assert names.of(person) != Pseudonyms(elsewhere.pk).of(person)
    assert str(person).replace("-", "") not in names.of(person)
    settings.SECRET_KEY = "another site"
    assert names.of(person) != Pseudonyms(organisation.pk).of(person)


def test_nothing_says_who_she_is(organisation, bram):
    """Everything that could tell a person is made leakable, and looked for."""
    people = [
        UserFactory(
            username=f"zz-user-{n}",
            name=f"Zzname{n} Zzfamily{n}",
            email=f"zz{n}@mail.example",
            phone=f"+3247011223{n}",
            help_language=language,
            screen_language="de",
        )
        for n, language in enumerate(["ti", "ps", "uk"])
    ]
    cohort = CohortFactory(name="Zzcohort", organisation=organisation, trainers=[bram], learners=people)
    module = lesson_with_steps(steps=[instruction(), question(), practice()]).module
    enrolments = [finish_module(person, module, at=AT) for person in people]
    Attempt.objects.update(helped=True, practice={"goals": {"zzgoal": True}})

    text = json.dumps(told(organisation), ensure_ascii=False)

    secrets = [cohort.name, organisation.name, bram.name, "zzgoal", "helped", "language"]
    for person, enrolment in zip(people, enrolments, strict=True):
        secrets += [person.username, person.name, *person.name.split(), person.email, person.phone]
        secrets += [str(person.key), person.key.hex, f'"{person.help_language}"', f'"{enrolment.pk}"']
    assert len(told(organisation)) == 3 * 5
    assert [secret for secret in secrets if secret.lower() in text.lower()] == []


def test_only_what_belongs_to_the_organisation_is_told(organisation, module, dilan):
    CohortFactory(learners=[dilan])
    finish_module(dilan, module, at=AT)
    alone = UserFactory()
    finish_module(alone, module, at=AT)

    names = {statement["actor"]["account"]["name"] for statement in told(organisation)}

    assert len(names) == 1


def test_enrolment_by_enrolment_gives_the_same_as_page_by_page(organisation, module, cohort):
    for n in range(4):
        person = UserFactory()
        cohort.learners.add(person)
        finish_module(person, module, at=AT + timedelta(minutes=n))
    span = {"since": AT, "until": AT + timedelta(minutes=3)}
    records, _has_more = page(
        organisation.pk, since=AT - timedelta(microseconds=1), after=None, until=span["until"], limit=1000
    )

    written = [record for batch in batches(organisation.pk, **span) for record in batch]

    assert sorted(written) == records
    assert len(records) == 5 * 6


def test_reading_asks_the_same_of_the_database_for_one_and_for_many(
    organisation, cohort, amina, django_assert_num_queries
):
    do(amina, lesson_with_steps().steps.live().first(), at=AT)
    with django_assert_num_queries(4):
        told(organisation)

    for _ in range(3):
        finish_module(amina, lesson_with_steps().module, at=AT)
    with django_assert_num_queries(6):  # lessons and modules are told too
        assert len(told(organisation)) == 16
