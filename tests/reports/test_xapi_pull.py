"""A record store fetches: page by page, nothing lost and nothing twice, with a key that can be ended."""

import base64
import json
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from learners.actions import record_events
from learners.events import LATE_COMMIT
from people import guessing
from people.actions import merge_guest
from people.seeds import new_seed
from reports import xapi_keys, xapi_pull
from reports.models import RecordStoreKey
from tests.factories.learners import CohortFactory, event, finish_module
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.reports import RecordStoreFactory
from tests.reports.xapi import check_statement

pytestmark = pytest.mark.django_db

URL = "/reports/xapi/statements"
AT = datetime(2026, 11, 3, 10, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch):
    """The time of the site; a test moves it."""

    class Now:
        moment = AT

        def __call__(self):
            return self.moment

    now = Now()
    monkeypatch.setattr(xapi_pull.timezone, "now", now)
    return now


@pytest.fixture
def store(organisation):
    return RecordStoreFactory(organisation=organisation)


def key_for(store, by):
    return xapi_keys.make(store, seed=new_seed(), by=by, now=AT)


@pytest.fixture
def key(store, celia):
    return key_for(store, celia)


def basic(name, password) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.fixture
def fetch(key):
    def fetch(url=URL, *, name=key.name, password=key.password, version="1.0.3", **asked):
        headers = {"Authorization": basic(name, password), "X-Experience-API-Version": version}
        return Client().get(url, asked, headers=headers) if asked else Client().get(url, headers=headers)

    return fetch


def tries(person, lesson, *moments):
    """One try each; its key."""
    step = lesson.steps.live().first()
    keys = [uuid4() for _ in moments]
    for key, moment in zip(keys, moments, strict=True):
        record_events(person, [event(step, key=key, happened_at=moment, mark=0.5)], received_at=moment)
    return [str(key) for key in keys]


def ids(answer) -> list[str]:
    return [statement["id"] for statement in answer.json()["statements"]]


def whole(fetch, **asked) -> list[str]:
    answer = fetch(**asked)
    found = ids(answer)
    while more := answer.json()["more"]:
        answer = fetch(more)
        found += ids(answer)
    return found


def test_a_store_that_asks_until_a_moment_goes_on_from_there(fetch, now, cohort, amina, lesson):
    """Also where there is one page only."""
    [first, _second] = tries(amina, lesson, AT - timedelta(days=2), AT - timedelta(hours=1))
    until = "2026-11-02T00:00:00.000000Z"

    answer = fetch(until=until)

    assert ids(answer) == [first]
    assert answer["X-Experience-API-Consistent-Through"] == until


def test_a_page_is_a_statement_result_with_the_headers_of_xapi(fetch, now, cohort, amina, lesson):
    finish_module(amina, lesson.module, at=AT - timedelta(hours=1))

    answer = fetch()

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Experience-API-Version"] == "1.0.3"
    assert answer["X-Experience-API-Consistent-Through"] == "2026-11-03T09:58:00.000000Z"
    assert "no-store" in answer["Cache-Control"]
    assert set(answer.json()) == {"statements", "more"}
    assert answer.json()["more"] == ""
    assert len(ids(answer)) == 5
    for statement in answer.json()["statements"]:
        check_statement(statement)


def test_nothing_is_an_empty_list(fetch):
    assert fetch().json() == {"statements": [], "more": ""}


def test_pages_are_in_order_and_end(fetch, now, cohort, amina, lesson):
    keys = tries(amina, lesson, *(AT - timedelta(days=9 - n) for n in range(7)))

    assert whole(fetch, limit=3) == keys
    first = fetch(limit=3)
    assert ids(first) == keys[:3]
    assert first.json()["more"].startswith("/reports/xapi/statements?")


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 50])
def test_nothing_is_lost_or_told_twice_where_many_came_at_one_moment(
    fetch, now, cohort, amina, lesson, limit
):
    moments = [AT - timedelta(days=day) for day in (9, 9, 9, 8, 8, 7, 7, 7, 7)]
    keys = tries(amina, lesson, *moments)
    finish_module(amina, lesson.module, at=moments[4])  # tries and completions at the same moment

    found = whole(fetch, limit=limit)

    assert len(found) == len(set(found)) == len(keys) + 5
    assert set(keys) <= set(found)


def test_a_page_ends_where_a_moment_ends_when_it_can(fetch, now, cohort, amina, lesson):
    keys = tries(amina, lesson, *(AT - timedelta(days=day) for day in (9, 8, 8, 7)))

    first = fetch(limit=2)
    goes_on = fetch(since=first.json()["statements"][-1]["stored"])

    assert ids(first) == keys[:1]
    assert set(ids(goes_on)) == set(keys[1:])


@pytest.mark.parametrize("goes_by", ["the first page", "the last page"])
def test_what_comes_in_and_is_written_late_while_a_store_reads_is_told_once(
    fetch, now, cohort, amina, lesson, goes_by, monkeypatch
):
    """Rounds that begin where the last was consistent, while time passes by chance."""
    monkeypatch.setitem(xapi_pull.LIMITS, "pull", "9999/m/key")
    random = Random(7)
    written = tries(amina, lesson, *(AT - timedelta(hours=n) for n in range(30, 0, -1)))
    told, since, came_in = [], "1970-01-01T00:00:00Z", []

    def time_passes():
        now.moment += timedelta(seconds=random.randint(1, 50))
        came_in.append(now.moment)
        # Read only when its transaction ends; others, who came in later, were read before.
        if random.random() < 0.4 or now.moment - came_in[0] > LATE_COMMIT / 2:
            written.extend(tries(amina, lesson, *came_in))
            came_in.clear()

    for _ in range(25):
        time_passes()
        answer = fetch(since=since, limit=1)
        since = answer["X-Experience-API-Consistent-Through"]
        told += ids(answer)
        while more := answer.json()["more"]:
            time_passes()
            answer = fetch(more)
            told += ids(answer)
        if goes_by == "the last page":
            since = answer["X-Experience-API-Consistent-Through"]
    now.moment += timedelta(hours=1)
    told += whole(fetch, since=since)

    assert len(told) == len(set(told)) > 60
    assert set(told) == set(written)


def test_what_has_just_come_in_waits_until_all_before_it_is_there(fetch, now, cohort, amina, lesson):
    [early] = tries(amina, lesson, AT - LATE_COMMIT)
    [late] = tries(amina, lesson, AT - LATE_COMMIT + timedelta(microseconds=1))

    assert ids(fetch()) == [early]
    assert ids(fetch(until="2030-01-01T00:00:00Z")) == [early]
    now.moment += timedelta(seconds=1)
    assert ids(fetch()) == [early, late]


def test_since_is_exclusive_and_until_is_not(fetch, now, cohort, amina, lesson):
    moments = [AT - timedelta(days=3), AT - timedelta(days=2), AT - timedelta(days=1)]
    keys = tries(amina, lesson, *moments)

    asked = {"since": moments[0].isoformat(), "until": moments[1].isoformat()}

    assert ids(fetch(**asked)) == [keys[1]]


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "yesterday"},
        {"until": "9999-99-99"},
        {"since": "0001-01-01T00:00:00+23:59"},
        {"limit": "-1"},
        {"limit": "many"},
        {"limit": "٣"},
        {"after": "x"},
        {"after": "2026-01-01T00:00:00Z,0,99999999999999999999"},
        {"ascending": "false"},
        {"format": "canonical"},
        {"agent": "{}"},
        {"statementId": "1"},
    ],
)
def test_what_we_cannot_answer_is_said(fetch, asked):
    answer = fetch(**asked)

    assert answer.status_code == 400
    assert next(iter(asked)) in answer.json()["error"]
    assert answer["X-Experience-API-Consistent-Through"]


def test_limit_0_and_a_large_one_are_as_many_as_we_give(fetch, now, monkeypatch, cohort, amina, lesson):
    monkeypatch.setattr(xapi_pull, "MOST", 2)
    tries(amina, lesson, *(AT - timedelta(days=9 - n) for n in range(4)))

    assert len(ids(fetch(limit=0))) == len(ids(fetch(limit=999))) == len(ids(fetch())) == 2


def test_the_version_is_asked_for_and_2_0_is_answered_as_such(fetch):
    assert fetch(version="").status_code == 400
    assert fetch(version="0.95").status_code == 400
    assert fetch(version="1.0.1")["X-Experience-API-Version"] == "1.0.3"
    assert fetch(version="2.0.0")["X-Experience-API-Version"] == "2.0.0"


def test_a_store_that_asks_for_attachments_gets_the_statements_as_the_only_part(
    fetch, now, cohort, amina, lesson
):
    keys = tries(amina, lesson, AT - timedelta(days=2), AT - timedelta(days=1))

    answer = fetch(ascending="true", attachments="true", limit=1)
    head, _, rest = answer.content.decode().partition("\r\n\r\n")

    assert answer["Content-Type"] == "multipart/mixed; boundary=stepin-statements"
    assert head == "--stepin-statements\r\nContent-Type: application/json"
    content = json.loads(rest.removesuffix("\r\n--stepin-statements--\r\n"))
    assert [one["id"] for one in content["statements"]] == keys[:1]
    assert fetch(content["more"])["Content-Type"].startswith("multipart/mixed")


def test_only_the_organisation_of_the_key_is_told(fetch, now, dilan, lesson):
    CohortFactory(organisation=OrganisationFactory(), learners=[dilan])
    tries(dilan, lesson, AT - timedelta(days=1))

    assert ids(fetch()) == []


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Basic",
        "Basic !!!",
        "Basic /w==",
        "Basic é",
        basic("celia", "step-by-step"),
        basic("\0", "\0"),
        basic("", ""),
        "Bearer x",
    ],
)
def test_without_a_key_there_is_nothing(key, client, header):
    headers = {"X-Experience-API-Version": "1.0.3"} | ({"Authorization": header} if header else {})

    answer = client.get(URL, headers=headers)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic ")
    assert "statements" not in answer.json()


def test_a_coordinator_who_is_signed_in_needs_a_key_too(coordinator, store):
    assert coordinator.get(URL, headers={"X-Experience-API-Version": "1.0.3"}).status_code == 401


def test_a_wrong_password_opens_nothing_and_guessing_ends(fetch, key, monkeypatch):
    monkeypatch.setitem(guessing.WRONG, "record-store", "2/10m/ip")

    assert [fetch(password=f"wrong{n}").status_code for n in range(3)] == [401, 401, 429]
    refused = fetch()
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    cache.clear()
    assert fetch().status_code == 200


def test_a_key_may_ask_so_often_and_no_more(fetch, monkeypatch):
    monkeypatch.setitem(xapi_pull.LIMITS, "pull", "2/m/key")

    assert [fetch().status_code for _ in range(3)] == [200, 200, 429]


def test_an_ended_key_opens_nothing(fetch, key):
    xapi_keys.revoke(RecordStoreKey.objects.get(), now=AT)

    assert fetch().status_code == 401


def test_a_store_that_was_switched_off_opens_nothing(fetch, store):
    store.delete()

    assert fetch().status_code == 401


def test_only_hashes_are_kept_and_the_use_is_noted_now_and_then(fetch, now, key, django_assert_num_queries):
    fetch()
    kept = RecordStoreKey.objects.get()
    assert key.password not in str(vars(kept))
    assert kept.last_used_at == now.moment

    now.moment += timedelta(minutes=1)
    fetch()
    assert RecordStoreKey.objects.get().last_used_at == AT
    now.moment += timedelta(minutes=5)
    fetch()
    assert RecordStoreKey.objects.get().last_used_at == now.moment


def test_a_page_asks_the_same_of_the_database_for_few_and_for_many(
    fetch, now, cohort, lesson, django_assert_num_queries
):
    def learners(number):
        for _ in range(number):
            person = UserFactory()
            cohort.learners.add(person)
            finish_module(person, lesson.module, at=AT - timedelta(days=1))

    learners(1)
    with django_assert_num_queries(8):  # the key, its use, three kinds of rows, three of what they are about
        assert len(ids(fetch())) == 5
    learners(2)
    with django_assert_num_queries(8):
        assert len(ids(fetch())) == 15


@pytest.fixture
def guest(cohort):
    """Of the class, and not yet Amina."""
    guest = UserFactory(guest=True)
    cohort.learners.add(guest)
    return guest


def told(fetch) -> dict[str, tuple[str, str, str]]:
    """{id: all it says, but for who she is}"""
    return {
        one["id"]: (one["object"]["id"], one["timestamp"], one["stored"])
        for one in fetch().json()["statements"]
    }


def test_what_a_guest_finished_is_the_same_statement_when_she_signs_up(fetch, now, amina, guest, lesson):
    finish_module(guest, lesson.module, at=AT - timedelta(days=1))
    before = told(fetch)

    merge_guest(guest, into=amina)

    assert len(before) == 5
    assert told(fetch) == before


def test_what_a_guest_finished_is_the_same_statement_when_the_account_knows_the_module_already(
    fetch, now, amina, guest, lesson
):
    tries(amina, lesson, AT - timedelta(days=2))
    finish_module(guest, lesson.module, at=AT - timedelta(days=1))
    before = told(fetch)

    merge_guest(guest, into=amina)

    assert told(fetch) == before


@pytest.mark.parametrize(("hers", "theirs"), [(1, 2), (2, 1), (1, 1)])
def test_of_two_that_become_one_the_one_that_stays_says_what_it_said(
    fetch, now, amina, guest, lesson, hers, theirs
):
    finish_module(amina, lesson.module, at=AT - timedelta(days=hers))
    finish_module(guest, lesson.module, at=AT - timedelta(days=theirs))
    before = told(fetch)

    merge_guest(guest, into=amina)

    after = told(fetch)
    assert after.items() <= before.items()
    assert len(before) - len(after) == 2  # a lesson and a module


def test_it_is_only_read(key, client):
    assert client.post(URL).status_code == 405
    assert client.head(URL).status_code == 401
