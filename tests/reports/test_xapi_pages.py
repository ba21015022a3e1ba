"""The page of learning records: off until an administrator says so, a file to take along, keys that are shown once."""

import gzip
import json
import re
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers import making
from papers.enums import State
from papers.models import PrintJob
from people.enums import Role
from people.seeds import new_seed
from reports import xapi_keys
from reports.models import RecordStore, RecordStoreKey
from reports.xapi_export import LEARNING_RECORDS
from reports.xapi_records import ENROLMENTS_AT_ONCE
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import do, finish_module
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.reports import RecordStoreFactory, RecordStoreKeyFactory
from tests.reports.xapi import check_statement

pytestmark = pytest.mark.django_db

PAGE = "/reports/xapi/"
AT = datetime(2026, 11, 3, 10, tzinfo=UTC)
LONG_AGO = timedelta(days=3650)


@pytest.fixture
def store(organisation):
    return RecordStoreFactory(organisation=organisation)


@pytest.fixture
def elsewhere(client, dilan):
    """Dilan coordinates another organisation, which keeps a store too."""
    membership = MembershipFactory(user=dilan, organisation=OrganisationFactory(), role=Role.COORDINATOR)
    RecordStoreFactory(organisation=membership.organisation)
    client.force_login(dilan)
    return client


def ask(coordinator, store, first="2026-11", last="2026-11", **more):
    sent = {f"{store.pk}-first": first, f"{store.pk}-last": last, **more}
    return coordinator.post(f"{PAGE}{store.organisation_id}/file/", sent)


def statements_of(job) -> list[dict]:
    return [json.loads(line) for line in gzip.decompress(job.file.read()).splitlines()]


def read(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_it_is_off_until_an_administrator_switches_it_on(coordinator, organisation, cohort, amina, lesson):
    page = read(coordinator.get(PAGE))
    assert "This is switched off for your organisation." in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert coordinator.post(f"{PAGE}{organisation.pk}/file/").status_code == 404
    assert coordinator.post(f"{PAGE}{organisation.pk}/keys/").status_code == 404

    RecordStoreFactory(organisation=organisation)

    page = read(coordinator.get(PAGE))
    assert "whoever knows a small class can recognise people" in page
    assert "Office of Wegwijs" in page
    assert "Make the file" in page


def test_only_an_administrator_switches_it_on_and_reads_what_it_means(
    client, olav, edith, celia, organisation
):
    path = "/admin/snippets/reports/recordstore/add/"
    client.force_login(olav)
    assert "in a small class people are recognised" in read(client.get(path))
    client.post(path, {"organisation": organisation.pk, "keeper": "Office of Wegwijs"})
    assert RecordStore.objects.get().organisation == organisation

    for person in (edith, celia):
        client.force_login(person)
        assert client.get(path).status_code == 302


def test_an_entry_stays_with_its_organisation(client, olav, store):
    """Whoever holds a key of one organisation would be told everything of the other."""
    path, organisation = f"/admin/snippets/reports/recordstore/edit/{store.pk}/", store.organisation
    client.force_login(olav)
    page = client.get(path).content.decode()
    assert organisation.name in page
    assert 'name="organisation"' not in page

    client.post(path, {"organisation": OrganisationFactory().pk, "keeper": "Office of somebody new"})

    store.refresh_from_db()
    assert (store.organisation, store.keeper) == (organisation, "Office of somebody new")


def test_the_overview_leads_there_only_where_it_is_on(coordinator, organisation):
    assert PAGE not in read(coordinator.get("/reports/"))

    RecordStoreFactory(organisation=organisation)

    assert PAGE in read(coordinator.get("/reports/"))


def test_a_stranger_and_a_coordinator_of_another_organisation_find_nothing(elsewhere, store, celia, amina):
    key = RecordStoreKeyFactory(store=store)

    assert str(store.organisation) not in read(elsewhere.get(PAGE))
    assert ask(elsewhere, store).status_code == 404
    assert elsewhere.post(f"{PAGE}{store.organisation_id}/keys/", {"seed": new_seed()}).status_code == 404
    assert elsewhere.post(f"{PAGE}keys/{key.pk}/revoke/").status_code == 404
    key.refresh_from_db()
    assert key.revoked_at is None
    elsewhere.force_login(amina)
    assert elsewhere.get(PAGE).status_code == 404


def test_the_file_has_a_statement_a_line_of_what_came_in_during_these_months(
    coordinator, store, cohort, amina, lesson, django_capture_on_commit_callbacks
):
    months = [
        datetime(2026, month, day, 12, tzinfo=UTC) for month, day in ((8, 30), (9, 1), (10, 31), (11, 1))
    ]
    for moment in months:
        do(amina, lesson.steps.live().first(), at=moment)

    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(coordinator, store, "2026-09", "2026-10")
    job = PrintJob.objects.get()

    assert answer.url == job.get_absolute_url()
    assert job.filename == "learning-records-2026-09-2026-10.jsonl.gz"
    assert job.title == "Wegwijs vzw, September 2026 – October 2026"
    statements = statements_of(job)
    assert [one["stored"][:10] for one in statements] == ["2026-09-01", "2026-10-31"]
    for statement in statements:
        check_statement(statement)


def test_what_has_just_come_in_is_left_for_the_next_file(coordinator, store, cohort, amina, lesson):
    month = timezone.now().strftime("%Y-%m")
    do(amina, lesson.steps.live().first(), at=timezone.now())
    ask(coordinator, store, month, month)

    making.make(PrintJob.objects.get().pk)

    assert PrintJob.objects.get().reason == "Nothing came in during this time."


def test_another_worker_writes_the_same_file(celia, store, cohort, amina, lesson):
    finish_module(amina, lesson.module, at=AT)
    params = {"organisation": store.organisation_id, "period": [2026 * 12 + 10, 2026 * 12 + 10]}
    job = PrintJob(owner=celia, kind="xapi", params=params, asked_at=AT + LONG_AGO)

    once, again = (b"".join(content for _, content in LEARNING_RECORDS.compose(job).chunks) for _ in range(2))

    assert once == again


def test_who_presses_again_while_she_waits_is_led_to_the_same_file(coordinator, store, cohort, amina, lesson):
    first, again = (ask(coordinator, store) for _ in range(2))
    other = ask(coordinator, store, "2026-10")

    assert first.url == again.url != other.url
    assert PrintJob.objects.count() == 2


def test_the_file_is_gone_for_who_no_longer_coordinates_or_when_it_is_switched_off(
    coordinator, celia, store, cohort, amina, lesson
):
    finish_module(amina, lesson.module, at=AT)
    job = PrintJob.objects.get(pk=ask(coordinator, store).url.split("/")[2])
    making.make(job.pk)
    assert coordinator.get(f"/papers/{job.pk}.gz").status_code == 200

    celia.memberships.update(role=Role.TRAINER)
    assert coordinator.get(f"/papers/{job.pk}.gz").status_code == 404
    celia.memberships.update(role=Role.COORDINATOR)
    store.delete()
    assert coordinator.get(f"/papers/{job.pk}.gz").status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("soon", "2026-11", "Write the year and the month"),
        ("", "2026-11", "Which month?"),
        ("2026-11", "2026-10", "The last month is before the first."),
    ],
)
def test_months_that_make_no_period_are_told_beside_their_field(coordinator, store, first, last, says):
    answer = ask(coordinator, store, first, last)

    assert answer.status_code == 422
    assert says in read(answer)
    assert not first or f'value="{first}"' in read(answer)


def make_key(coordinator, store, seed=None):
    return coordinator.post(f"{PAGE}{store.organisation_id}/keys/", {"seed": seed or new_seed()})


def test_a_key_is_shown_once_and_the_same_press_makes_one(coordinator, celia, store):
    seed = new_seed()
    page, again = (read(make_key(coordinator, store, seed)) for _ in range(2))
    key = RecordStoreKey.objects.get()
    [password] = re.findall(r"<dd[^>]*>([a-z2-9]{40})</dd>", page)

    assert password in again
    assert "/reports/xapi</dd>" in page
    assert (key.made_by, key.store) == (celia, store)
    later = read(coordinator.get(PAGE))
    assert password not in later
    assert key.name in later
    assert "Not used yet." in later


def test_a_form_that_lay_open_for_long_makes_no_key(coordinator, store):
    answer = make_key(coordinator, store, "forged")

    assert answer.status_code == 422
    assert "Press once more." in read(answer)
    assert not RecordStoreKey.objects.exists()


def test_a_key_is_ended_and_the_form_that_made_it_does_not_show_it_again(coordinator, store):
    seed = new_seed()
    make_key(coordinator, store, seed)
    key = RecordStoreKey.objects.get()

    assert coordinator.post(f"{PAGE}keys/{key.pk}/revoke/").url == PAGE
    ended = RecordStoreKey.objects.get().revoked_at
    coordinator.post(f"{PAGE}keys/{key.pk}/revoke/")

    assert RecordStoreKey.objects.get().revoked_at == ended is not None
    assert "It works no more since" in read(coordinator.get(PAGE))
    assert make_key(coordinator, store, seed).status_code == 422


def test_two_organisations_stand_one_below_the_other_and_each_has_its_own_key(coordinator, celia, store):
    other = RecordStoreFactory(
        organisation=MembershipFactory(
            user=celia, organisation=OrganisationFactory(), role=Role.COORDINATOR
        ).organisation
    )
    seed = new_seed()

    page = read(make_key(coordinator, other, seed))

    assert page.count('id="new-key"') == 1
    assert page.count("Make the file") == 2
    assert RecordStoreKey.objects.get().store == other
    assert xapi_keys.make(store, seed=seed, by=celia, now=AT).name not in page


def test_the_page_asks_the_same_of_the_database_for_one_and_for_three(coordinator, celia, store):
    def count(client):
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    make_key(coordinator, store)
    one = count(coordinator)
    for _ in range(2):
        membership = MembershipFactory(user=celia, organisation=OrganisationFactory(), role=Role.COORDINATOR)
        make_key(coordinator, RecordStoreFactory(organisation=membership.organisation))
        make_key(coordinator, store)

    assert count(coordinator) == one


def test_memory_does_not_grow_with_the_records(celia, store, cohort):
    """Eight times as many people; the enrolments of one reading are the same number."""
    module = lesson_with_steps().module

    def peak(people) -> int:
        for _ in range(people):
            person = UserFactory()
            cohort.learners.add(person)
            finish_module(person, module, at=AT)
        params = {"organisation": store.organisation_id, "period": [2026 * 12 + 10, 2026 * 12 + 10]}
        job = PrintJob.objects.create(owner=celia, kind="xapi", language="en", title="x", params=params)
        PrintJob.objects.filter(pk=job.pk).update(asked_at=AT + LONG_AGO)
        tracemalloc.start()
        try:
            assert making.make(job.pk) is True
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            assert PrintJob.objects.get(pk=job.pk).state == State.READY

    peak(1)  # what is only loaded once
    small = peak(ENROLMENTS_AT_ONCE - 1)
    large = peak(7 * ENROLMENTS_AT_ONCE)

    assert large < 1.3 * small


def test_her_own_copy_of_it_is_hers_only(coordinator, store):
    ask(coordinator, store)
    job = PrintJob.objects.get()
    stranger = Client()
    stranger.force_login(UserFactory())

    assert stranger.get(job.get_absolute_url()).status_code == 404
