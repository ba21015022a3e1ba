"""The contract of POST /progress/: JSON from a script, and the plain form of one step."""

import json
from datetime import timedelta
from http.cookies import SimpleCookie
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.crypto import get_random_string

from learners.models import Attempt, Enrolment, RefusedEvent, StepCompletion
from people.actions import merge_guest
from people.guests import COOKIE, give_cookie, read_cookie
from people.models import User
from tests.factories.courses import lesson_with_steps, page_of, rows_of_steps
from tests.factories.learners import do, event, raw
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
URL = "/progress/"


@pytest.fixture
def steps(db):
    return rows_of_steps(3)


@pytest.fixture
def guest(client, db):
    """Somebody without an account, and this browser holds her cookie."""
    guest = UserFactory(guest=True)
    response = HttpResponse()
    give_cookie(response, guest)
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return guest


def post(client, *events, **body):
    return client.post(URL, json.dumps({"events": events, **body}), content_type="application/json")


def refusals(response):
    return [refusal["reason"] for refusal in response.json()["refused"]]


# JSON


def test_an_event_is_accepted_and_then_known(client, guest, steps):
    once = raw(event(steps[0]))

    first, second = post(client, once), post(client, once)

    assert (first.status_code, first.json()) == (200, {"accepted": [once["id"]], "known": [], "refused": []})
    assert (second.status_code, second.json()) == (
        200,
        {"accepted": [], "known": [once["id"]], "refused": []},
    )
    assert Enrolment.objects.get().seconds_spent == 20


def test_ids_come_back_spelled_and_ordered_as_they_were_sent(client, guest, steps):
    other = rows_of_steps(2)
    events = [raw(event(step)) for step in (steps[2], other[1], steps[0], other[0])]
    events[0]["id"] = events[0]["id"].upper()
    events[1]["id"] = events[1]["id"].replace("-", "")
    events[2]["id"] = "{" + events[2]["id"] + "}"
    ids = [one["id"] for one in events]

    assert post(client, *events).json()["accepted"] == ids
    assert post(client, *events).json()["known"] == ids


def test_good_ones_count_beside_bad_ones(client, guest, steps):
    good, bad = raw(event(steps[0])), raw(event(steps[1])) | {"mark": 2}

    answer = post(client, bad, good).json()

    assert answer == {
        "accepted": [good["id"]],
        "known": [],
        "refused": [{"id": bad["id"], "reason": "bad-mark"}],
    }


def test_an_empty_list_is_an_empty_answer(client, steps):
    assert post(client).json() == {"accepted": [], "known": [], "refused": []}
    assert not User.objects.exists()


def test_only_what_must_be_said_must_be_said(client, guest, steps):
    least = {name: raw(event(steps[0]))[name] for name in ("id", "lesson", "step", "kind", "happened_at")}

    assert post(client, least | {"colour": "blue"}).json()["accepted"] == [least["id"]]
    attempt = Attempt.objects.get()
    assert (attempt.mark, attempt.seconds) == (1, 0)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "1"}, "malformed"),
        ({"id": None}, "malformed"),
        ({"id": 7}, "malformed"),
        ({"id": ["a"]}, "malformed"),
        ({"id": "x" * 10_000}, "malformed"),
        ({"id": "\0"}, "malformed"),
        ({"id": "\ud800"}, "malformed"),
        ({"lesson": "no"}, "unknown-step"),
        ({"step": None}, "unknown-step"),
        ({"lesson": str(uuid4())}, "unknown-step"),
        ({"step": str(uuid4())}, "unknown-step"),
        ({"kind": "answer"}, "wrong-kind"),
        ({"kind": "looked"}, "wrong-kind"),
        ({"kind": {}}, "wrong-kind"),
        ({"mark": True}, "bad-mark"),
        ({"mark": "1"}, "bad-mark"),
        ({"mark": -0.01}, "bad-mark"),
        ({"mark": float("nan")}, "bad-mark"),
        ({"mark": float("inf")}, "bad-mark"),
        ({"mark": 10**400}, "bad-mark"),
        ({"mark": 2, "note": "\ud800 \0"}, "bad-mark"),
        ({"happened_at": "yesterday"}, "bad-time"),
        ({"happened_at": 1763}, "bad-time"),
        ({"happened_at": None}, "bad-time"),
        ({"happened_at": "0001-01-01T00:00:00+14:00"}, "bad-time"),
        ({"happened_at": "\0"}, "bad-time"),
    ],
    ids=str,
)
def test_what_cannot_be_taken_is_refused_with_the_reason_and_kept(client, guest, steps, change, reason):
    sent = raw(event(steps[0])) | change

    response = post(client, sent)
    post(client, sent)

    assert response.status_code == 200
    assert refusals(response) == [reason]
    assert not Attempt.objects.exists()
    kept = RefusedEvent.objects.get()
    assert (kept.person, kept.reason) == (guest, reason)


@pytest.mark.parametrize("odd", [None, 1, "text", [], [[[]]], True, {}])
def test_what_is_no_event_at_all_is_refused_and_kept(client, guest, odd):
    response = post(client, odd)

    assert (response.status_code, refusals(response)) == (200, ["malformed"])
    assert RefusedEvent.objects.count() == 1


def test_two_damaged_events_without_an_id_are_both_kept(client, guest):
    post(client, {"mark": 1}, {"mark": 2}, {"mark": 1})

    assert RefusedEvent.objects.count() == 2


def test_a_large_refused_event_is_kept_in_part_and_nobody_fills_the_disk(client, guest):
    for _ in range(4):
        post(client, *[{"id": str(uuid4()), "note": "x" * 3000, "lesson": str(uuid4())} for _ in range(60)])
    for _ in range(3):
        post(client, *[{"id": str(uuid4())} for _ in range(200)])

    assert 500 <= RefusedEvent.objects.count() < 700
    assert max(len(json.dumps(row.event)) for row in RefusedEvent.objects.all()) < 2100


@pytest.mark.parametrize(
    "seconds", [-5, "20", None, float("nan"), True, [], float("inf"), 10**400, 1801, 3.9], ids=str
)
def test_odd_seconds_are_brought_within_bounds(client, guest, steps, seconds):
    assert len(post(client, raw(event(steps[0])) | {"seconds": seconds}).json()["accepted"]) == 1
    assert 0 <= Enrolment.objects.get().seconds_spent <= 1800


@pytest.mark.parametrize(
    "moment", ["1970-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"]
)
def test_a_time_that_cannot_be_true_is_replaced_by_ours(client, guest, steps, moment):
    response = post(client, raw(event(steps[0])) | {"happened_at": moment})

    if refusals(response) == ["bad-time"]:  # beyond what a calendar can say
        return
    assert timezone.now() - Attempt.objects.get().happened_at < timedelta(minutes=1)


def test_a_time_of_last_week_is_kept(client, guest, steps):
    moment = timezone.now() - timedelta(days=7)

    post(client, raw(event(steps[0], happened_at=moment)))

    assert Attempt.objects.get().happened_at == moment


@pytest.mark.parametrize(
    "body",
    [" ", "{", "[]", "1", '"events"', "null", "{}", '{"events": 1}', '{"events": {}}', '{"events": null}', "[" * 100_000,
     '{"events": [' + "9" * 5000 + "]}", b"\xff\xfe\x00"],
    ids=lambda body: str(body[:20]),
)  # fmt: skip
def test_a_damaged_message_is_told_so(client, steps, body):
    response = client.post(URL, body, content_type="application/json")

    assert response.status_code == 400
    assert list(response.json()) == ["error"]
    assert not User.objects.exists()


def test_a_deeply_nested_event_is_refused_not_an_error(client, guest):
    deep = "[" * 900 + "]" * 900
    body = f'{{"events": [{deep}, {{"id": {deep}}}, {{"id": "x", "note": {deep}}}]}}'

    response = client.post(URL, body, content_type="application/json")

    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert refusals(response) == ["malformed"] * 3


def test_two_hundred_events_are_taken_and_one_more_is_not(client, guest, steps):
    events = [raw(event(steps[n % 3])) for n in range(201)]

    too_many, fits = post(client, *events), post(client, *events[:200])

    assert (too_many.status_code, list(too_many.json())) == (413, ["error"])
    assert len(fits.json()["accepted"]) == 200
    enrolment = Enrolment.objects.get()
    assert (enrolment.attempts_made, enrolment.steps_completed) == (200, 3)


def test_more_than_a_quarter_of_a_megabyte_is_too_much(client, steps):
    assert post(client, raw(event(steps[0])) | {"note": "x" * 256 * 1024}).status_code == 413
    assert not User.objects.exists()


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_only_posting_is_possible(client, method):
    assert getattr(client, method)(URL).status_code == 405


def test_the_answer_is_never_kept_by_a_cache(client, guest, steps):
    assert "no-store" in post(client, raw(event(steps[0])))["Cache-Control"]


# Who it is


def test_the_first_event_of_a_visitor_makes_exactly_one_guest_with_a_cookie(client, steps):
    response = post(client, raw(event(steps[0])))
    post(client, raw(event(steps[1])))

    guest = User.objects.get()
    assert guest.is_guest
    assert not guest.has_usable_password()
    assert guest.enrolments.get().steps_completed == 2
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"] > 300 * 24 * 3600) == (
        True,
        "Lax",
        True,
    )


def test_a_first_event_that_is_refused_makes_nobody(client, steps):
    response = post(client, raw(event(steps[0])) | {"mark": 5}, raw(event(steps[0])) | {"step": str(uuid4())})

    assert refusals(response) == ["bad-mark", "unknown-step"]
    assert COOKIE not in response.cookies
    assert not User.objects.exists()
    assert not RefusedEvent.objects.exists()


def test_an_event_of_somebody_else_makes_nobody(client, amina, steps):
    hers = event(steps[0])
    do(amina, steps[0], key=hers.key)

    response = post(client, raw(hers))

    assert refusals(response) == ["not-yours"]
    assert list(User.objects.all()) == [amina]


@pytest.mark.parametrize(
    "cookie",
    ["", "nonsense", str(uuid4()), signing.TimestampSigner(salt="other").sign(str(uuid4())),
     signing.TimestampSigner(salt="people.guest").sign("not a key")],
)  # fmt: skip
def test_a_forged_cookie_names_nobody_and_a_new_guest_begins(client, guest, steps, cookie):
    client.cookies[COOKIE] = cookie

    response = post(client, raw(event(steps[0])))

    assert len(response.json()["accepted"]) == 1
    assert not guest.enrolments.exists()
    assert Enrolment.objects.get().person != guest
    assert response.cookies[COOKIE].value


def test_a_cookie_too_old_names_nobody(client, guest, steps, monkeypatch):
    monkeypatch.setattr("people.guests.MAX_AGE", -1)

    post(client, raw(event(steps[0])))

    assert not guest.enrolments.exists()


def test_the_cookie_of_a_merged_guest_names_nobody(client, guest, amina, steps):
    do(guest, steps[0])
    merge_guest(guest, into=amina)

    response = post(client, raw(event(steps[1])))

    assert len(response.json()["accepted"]) == 1
    assert amina.enrolments.get().steps_completed == 1
    assert Enrolment.objects.exclude(person=amina).get().person not in (amina, guest)


# A visitor's first steps, several at once


@pytest.fixture
def secret(client):
    """What a page with a form has given this browser; no guest's cookie yet."""
    client.cookies[settings.CSRF_COOKIE_NAME] = get_random_string(32)
    return client.cookies[settings.CSRF_COOKIE_NAME].value


def same_browser(secret: str, **cookies: str) -> Client:
    """A second request, sent before the first was answered."""
    browser = Client()
    browser.cookies = SimpleCookie({settings.CSRF_COOKIE_NAME: secret} | cookies)
    return browser


def test_two_first_steps_sent_together_are_of_one_visitor(client, secret, steps):
    first = post(same_browser(secret), raw(event(steps[0])))
    second = post(same_browser(secret), raw(event(steps[1])))

    assert first.cookies[COOKIE].value
    assert second.cookies[COOKIE].value
    assert first["StepIn-Person"] == second["StepIn-Person"]
    assert Enrolment.objects.get().steps_completed == 2


def test_a_first_step_whose_answer_was_lost_is_known_when_it_comes_again(client, secret, steps):
    once = raw(event(steps[0]))
    post(same_browser(secret), once)

    again = post(same_browser(secret), once)

    assert again.json() == {"accepted": [], "known": [once["id"]], "refused": []}
    assert again.cookies[COOKIE].value
    assert User.objects.count() == 1


def test_another_browser_with_the_same_step_is_another_visitor(secret, steps):
    once = raw(event(steps[0]))
    post(same_browser(secret), once)

    response = post(same_browser(get_random_string(32)), once)

    assert refusals(response) == ["not-yours"]
    assert COOKIE not in response.cookies


def test_who_leaves_takes_the_secret_along(client, secret, steps):
    post(client, raw(event(steps[0])))
    first = Enrolment.objects.get().person

    client.post("/me/leave/", {"forget": "1"})
    post(client, raw(event(steps[1])))

    assert client.cookies[settings.CSRF_COOKIE_NAME].value != secret
    assert first.enrolments.get().steps_completed == 1
    assert Enrolment.objects.exclude(person=first).get().steps_completed == 1


def test_on_a_class_computer_the_next_visitor_is_somebody_else(secret, steps):
    once = raw(event(steps[0]))
    for sent in (once, once, raw(event(steps[1]))):
        post(same_browser(secret, stepin_class="1"), sent)

    assert sorted(Enrolment.objects.values_list("steps_completed", flat=True)) == [1, 1]


def test_a_visitor_who_has_become_somebody_begins_anew(client, secret, amina, steps):
    post(same_browser(secret), raw(event(steps[0])))
    merge_guest(User.objects.get(is_guest=True), into=amina)

    post(same_browser(secret), raw(event(steps[1])))

    assert amina.enrolments.get().steps_completed == 1
    assert Enrolment.objects.exclude(person=amina).get().steps_completed == 1


def test_whoever_is_signed_in_counts_and_not_the_guest_of_this_browser(client, guest, amina, steps):
    client.force_login(amina)

    post(client, raw(event(steps[0])))

    assert Enrolment.objects.get().person == amina


def test_dilan_cannot_send_for_amina(client, amina, dilan, steps):
    client.force_login(dilan)
    once = event(steps[0])
    do(amina, steps[0], key=once.key)

    response = post(client, raw(once) | {"person": amina.pk}, person=amina.pk)

    assert refusals(response) == ["not-yours"]
    assert not StepCompletion.objects.filter(enrolment__person=dilan).exists()


def statements(captured) -> int:
    """Without the savepoints that only a test's own transaction makes."""
    return len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])


@pytest.mark.parametrize("who", ["guest", "amina"])
def test_one_event_costs_six_statements_however_much_there_is(client, request, who):
    person = request.getfixturevalue(who)
    if who == "amina":
        client.force_login(person)
    counts = []
    for size in (3, 6, 12):
        steps = rows_of_steps(size)
        do(person, steps[0])
        do(UserFactory(), *steps)
        post(client, raw(event(steps[1])))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            post(client, raw(event(steps[2] if size > 3 else steps[1])))
        counts.append(statements(captured.captured_queries))

    assert max(counts) <= 6, captured.captured_queries
    assert counts[1] == counts[2]


def test_two_hundred_events_cost_no_more_statements_than_ten(client, guest):
    steps = rows_of_steps(4)
    post(client, *[raw(event(step)) for step in steps[:2]])
    counts = []
    for many in (10, 200):
        with CaptureQueriesContext(connection) as captured:
            post(client, *[raw(event(steps[n % 2])) for n in range(many)])
        counts.append(statements(captured.captured_queries))

    assert counts[0] == counts[1]


# The plain form


@pytest.fixture
def taught(db):
    """A published lesson: what is right is read from its page."""
    return lesson_with_steps()


def form_of(step, **change):
    fields = {
        "id": str(uuid4()), "lesson": str(step.lesson.key), "step": str(step.block_id), "kind": "read",
        "here": "/en/a/b/1/", "next": "/en/a/b/2/", "shown_at": str(int(timezone.now().timestamp()) - 30),
    }  # fmt: skip
    return fields | change


def answers_of(lesson):
    """(id of the right answer, id of a wrong one)."""
    question = page_of(lesson).body[1].value["answers"].bound_blocks
    right = next(answer.id for answer in question if answer.value["correct"])
    return right, next(answer.id for answer in question if answer.id != right)


def test_a_form_does_what_the_script_does(client, guest, steps):
    fields = form_of(steps[0])

    first, again = client.post(URL, fields), client.post(URL, fields)

    assert (first.status_code, first["Location"]) == (302, "/en/a/b/2/")
    assert again["Location"] == "/en/a/b/2/"
    attempt = Attempt.objects.get()
    assert (str(attempt.key), attempt.mark, 28 <= attempt.seconds <= 40) == (fields["id"], 1, True)
    assert post(client, raw(event(steps[0], key=fields["id"]))).json()["known"] == [fields["id"]]


def test_a_form_makes_a_visitor_a_person_too(client, steps):
    response = client.post(URL, form_of(steps[0]))

    assert User.objects.get().is_guest
    assert COOKIE in response.cookies


def test_the_right_answer_completes_the_question_and_says_so(client, guest, taught):
    question, (right, _) = taught.steps.all()[1], answers_of(taught)

    response = client.post(URL, form_of(question, kind="answer", answer=right))

    assert response["Location"] == f"/en/a/b/1/?tried={right}#answer"
    assert Attempt.objects.get().mark == 1
    assert StepCompletion.objects.get().step == question


def test_a_wrong_answer_is_a_try_and_leads_back_to_its_explanation(client, guest, taught):
    question, (_, wrong) = taught.steps.all()[1], answers_of(taught)

    response = client.post(URL, form_of(question, kind="answer", answer=wrong))

    assert response["Location"] == f"/en/a/b/1/?tried={wrong}#answer"
    assert Attempt.objects.get().mark == 0
    assert not StepCompletion.objects.exists()


@pytest.mark.parametrize("answer", ["", "nothing-like-this"])
def test_no_answer_is_no_try(client, guest, taught, answer):
    response = client.post(URL, form_of(taught.steps.all()[1], kind="answer", answer=answer))

    assert response["Location"] == f"/en/a/b/1/?tried={answer}#answer"
    assert not Attempt.objects.exists()


def test_a_question_is_not_completed_by_claiming_to_have_read_it(client, guest, taught):
    response = client.post(URL, form_of(taught.steps.all()[1], kind="read"))

    assert response["Location"] == "/en/a/b/1/"
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "http:evil.example",
    ],
)
def test_a_form_never_leads_to_another_site(client, guest, steps, elsewhere):
    assert client.post(URL, form_of(steps[0], next=elsewhere, here=elsewhere))["Location"] == "/"
    damaged = client.post(URL, form_of(steps[0], lesson="no", here=elsewhere))
    assert damaged["Location"] == "/"


@pytest.mark.parametrize("odd", ["choose_language", "foo", "/\r\nSet-Cookie: a=b", "/ümlaut/", "x" * 600])
def test_an_odd_address_in_a_form_is_no_error(client, guest, steps, odd):
    response = client.post(URL, form_of(steps[0], next=odd, here=odd))

    assert response.status_code == 302
    assert "\n" not in response["Location"]
    assert "a" not in response.cookies


@pytest.mark.parametrize(
    "change",
    [{"id": "1"}, {"lesson": ""}, {"step": "\0"}, {"kind": "looked"}, {"answer": "x" * 65}, {"here": ""},
     {"shown_at": "soon"}, {"shown_at": "9" * 30}, {"next": ""}],
    ids=str,
)  # fmt: skip
def test_a_damaged_form_asks_to_try_once_more(client, guest, steps, change):
    response = client.post(URL, form_of(steps[0]) | change)

    assert response.status_code == 302
    assert not Attempt.objects.exists()


def test_a_form_without_its_token_gets_the_page_that_says_what_to_do(steps):
    client = Client(enforce_csrf_checks=True)

    response = client.post(URL, form_of(steps[0]), headers={"referer": "http://testserver/en/a/b/1/"})

    assert response.status_code == 403
    assert "403_csrf.html" in [template.name for template in response.templates]
    assert b"/en/a/b/1/" in response.content
    assert not User.objects.exists()


def test_json_needs_no_token_because_a_foreign_page_cannot_send_it(steps):
    client = Client(enforce_csrf_checks=True)

    assert len(post(client, raw(event(steps[0]))).json()["accepted"]) == 1
    foreign = client.post(URL, json.dumps({"events": []}), content_type="text/plain")
    assert foreign.status_code == 403


def test_the_form_on_a_step_works_with_its_token(taught):
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/en/{taught.module.slug}/{taught.slug}/1/")
    token = page.context["csrf_token"]

    response = client.post(URL, form_of(taught.steps.all()[0], csrfmiddlewaretoken=str(token)))

    assert (response.status_code, response["Location"]) == (302, "/en/a/b/2/")
    assert read_cookie_of(client) == str(User.objects.get().key)


def read_cookie_of(client):
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = client.cookies[COOKIE].value
    return str(read_cookie(request))


# Her language


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ("https://testserver/ar/email/write/1/", "ar"),
        ("https://testserver/me/", "fr"),
        ("https://testserver/sv/email/", "fr"),
        ("http://[", "fr"),
        ("", "fr"),
    ],
)
def test_a_new_guest_reads_what_she_learned_in_whatever_her_phone_speaks(client, steps, page, language):
    headers = {"Accept-Language": "fr", "Referer": page}
    body = json.dumps({"events": [raw(event(steps[0]))]})

    client.post(URL, body, content_type="application/json", headers=headers)

    assert User.objects.get(is_guest=True).help_language == language
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == language


def test_without_script_too(client, steps):
    client.post(URL, form_of(steps[0], here="/ti/a/b/1/"), headers={"Accept-Language": "fr"})

    assert User.objects.get(is_guest=True).help_language == "ti"
