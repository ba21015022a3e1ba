"""A visitor's cookie: hers as long as it is true, and nobody's otherwise."""

from uuid import uuid4

import pytest
from django.core import signing

from learners.models import Attempt
from people import guests
from people.actions import merge_guest
from people.models import User
from tests.factories.learners import event, raw
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def signed(key) -> str:
    return signing.TimestampSigner(salt="people.guest").sign(str(key))


def send(client, *steps):
    return client.post(
        "/progress/", {"events": [raw(event(step)) for step in steps]}, content_type="application/json"
    )


def test_a_visitor_who_only_reads_is_nobody(client, lesson):
    client.get("/en/")
    client.get("/me/")

    assert not User.objects.exists()
    assert guests.COOKIE not in client.cookies


def test_the_first_step_makes_a_guest_and_the_next_one_is_hers_too(client, lesson):
    first, second = lesson.steps.all()[:2]

    send(client, first)
    send(client, second)

    guest = User.objects.get()
    assert guest.is_guest
    assert not guest.has_usable_password()
    assert Attempt.objects.filter(enrolment__person=guest).count() == 2


def test_a_refused_step_makes_no_guest(client, lesson):
    bad = {**raw(event(lesson.steps.first())), "step": str(uuid4())}

    client.post("/progress/", {"events": [bad]}, content_type="application/json")

    assert not User.objects.exists()


def test_the_cookie_is_closed_to_scripts_and_other_sites(client, lesson):
    send(client, lesson.steps.first())

    cookie = client.cookies[guests.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == guests.MAX_AGE


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "a:b:c",
        str(uuid4()),
        f"{uuid4()}:1abc:forged",
        "ي:ي:ي".encode().decode("latin-1"),
        "x" * 5000,
    ],
    ids=["empty", "short", "colons", "unsigned", "forged", "arabic", "long"],
)
def test_a_forged_cookie_names_nobody_and_breaks_nothing(client, lesson, value):
    UserFactory(guest=True)
    client.cookies[guests.COOKIE] = value

    assert client.get("/me/").status_code == 200
    assert client.get("/me/").context["person"] == None  # noqa: E711 (a lazy object)


def test_a_cookie_signed_for_something_else_names_nobody(rf):
    guest = UserFactory(guest=True)
    request = rf.get("/")
    request.COOKIES[guests.COOKIE] = signing.TimestampSigner(salt="other").sign(str(guest.key))

    assert guests.guest_of(request) is None


def test_the_cookie_of_a_guest_never_names_a_person_with_an_account(rf, amina):
    request = rf.get("/")
    request.COOKIES[guests.COOKIE] = signed(amina.key)

    assert guests.guest_of(request) is None


def test_an_expired_cookie_names_nobody_and_the_next_step_makes_a_new_guest(client, lesson, monkeypatch):
    guest = UserFactory(guest=True)
    now = signing.time.time()
    client.cookies[guests.COOKIE] = signed(guest.key)
    monkeypatch.setattr(signing.time, "time", lambda: now + guests.MAX_AGE + 60)

    assert client.get("/me/").status_code == 200
    send(client, lesson.steps.first())

    assert not Attempt.objects.filter(enrolment__person=guest).exists()
    assert Attempt.objects.get().enrolment.person.is_guest


def test_a_deleted_guest_is_gone_and_the_next_step_makes_a_new_one(client, lesson):
    first, second = lesson.steps.all()[:2]
    send(client, first)
    User.objects.all().delete()

    assert send(client, second).json()["refused"] == []
    assert User.objects.get().is_guest


def test_the_cookie_of_a_merged_guest_opens_no_account(client, rf, lesson, amina):
    send(client, lesson.steps.first())
    merge_guest(User.objects.get(is_guest=True), into=amina)

    response = client.get("/me/")

    assert not response.wsgi_request.user.is_authenticated
    assert response.context["person"] == None  # noqa: E711 (a lazy object)


def test_a_guest_who_may_no_longer_act_is_nobody(rf):
    guest = UserFactory(guest=True, is_active=False)
    request = rf.get("/")
    request.COOKIES[guests.COOKIE] = signed(guest.key)

    assert guests.guest_of(request) is None


def test_dilan_does_not_see_a_guests_work_on_another_browser(client, client_of, lesson, dilan):
    send(client, lesson.steps.first())

    assert client_of(dilan).get("/me/data.json").json() != client.get("/me/data.json").json()
    assert str(User.objects.get(is_guest=True).key) not in client_of(dilan).get("/me/data/").content.decode()
