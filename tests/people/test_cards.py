"""A card opens its own person's work: with the right PIN, while it is good, where it may."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from learners import classes
from people import cards, class_computer, guests, pins, resuming, seeds
from people.actions import merge_guest
from people.enums import CardEnd, PinKind, Role
from people.models import SignInCard, User
from tests.factories.learners import event, raw
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PICTURES = list(pins.PICTURES)


@pytest.fixture
def make(bram):
    """A new card of a person; hers, at home too, of pictures unless said otherwise."""

    def make(person, *, kind=PinKind.PICTURES, at_home=True, seed=None) -> cards.NewCard:
        (new,) = cards.issue(
            learners=[person], by=bram, kind=kind, works_at_home=at_home, seed=seed or seeds.new_seed(),
            now=timezone.now(),
        )  # fmt: skip
        return new

    return make


def show(new: cards.NewCard, pin=None, client: Client | None = None, **fields):
    """Tap the pictures (or type the digits) on the card's page, all at once."""
    pin = pin or new.pin
    sent = {"picture": pin} if new.card.kind == PinKind.PICTURES else {"digits": "".join(pin)}
    return (client or Client()).post(f"/card/{new.card.token}/", {**sent, **fields})


def wrong(new: cards.NewCard) -> tuple[str, ...]:
    return tuple(reversed(new.pin))


def is_in(client: Client, person: User) -> bool:
    return client.get("/me/").context["person"] == person


def later(monkeypatch, **delta) -> None:
    moment = timezone.now() + timedelta(**delta)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def without_token(response) -> str:
    return re.sub(r'value="[^"]{40,}"', "", response.content.decode())


# What a PIN is


def test_there_are_1320_pins_of_pictures_and_9360_of_digits():
    assert len({pins.pin_from(PinKind.PICTURES, number) for number in range(2000)}) == 1320
    assert len({pins.pin_from(PinKind.DIGITS, number) for number in range(10000)}) == 9360
    assert all(len(set(pins.pin_from(PinKind.PICTURES, number))) == 3 for number in range(1320))


def test_equal_pins_of_two_cards_do_not_look_equal():
    assert pins.digest("PAAA", ("sun", "key", "cup")) != pins.digest("PBBB", ("sun", "key", "cup"))


@pytest.mark.parametrize("typed", ["4711", " 4 7-1.1 ", "٤٧١١", "۴۷۱۱", "４７１１"])
def test_digits_are_read_however_they_are_typed(typed):
    assert pins.read_digits(typed) == ("4", "7", "1", "1")


def test_every_picture_has_a_drawing_and_a_word():
    from people.templatetags.signs import drawing

    drawn = {drawing(name) for name in PICTURES}
    assert len(drawn) == len(set(map(str, pins.PICTURES.values()))) == 12
    assert all(picture.startswith("<svg") and 'aria-hidden="true"' in picture for picture in drawn)


# The page


@pytest.mark.parametrize("kind", PinKind)
def test_the_page_never_says_whose_card_it_is(client, amina, make, kind):
    new = make(amina, kind=kind)
    assert "Amina" not in client.get(f"/card/{new.card.token}/").content.decode()


@pytest.mark.parametrize("kind", PinKind)
def test_a_real_a_cancelled_and_an_unknown_card_look_the_same(
    amina, dilan, make, kind, django_assert_num_queries
):
    real, cancelled = make(amina, kind=kind), make(dilan, kind=kind)
    cards.cancel_lost(dilan, now=timezone.now())
    unknown = f"{kind.value}{'2' * 11}"
    Client().get("/verify/")

    with django_assert_num_queries(0):
        pages = [
            Client().get(f"/card/{token}/") for token in (real.card.token, cancelled.card.token, unknown)
        ]

    assert {page.status_code for page in pages} == {200}
    assert len({without_token(page).replace(page.wsgi_request.path, "") for page in pages}) == 1


@pytest.mark.parametrize("token", ["x", "P", "%00", "🐟", "D" * 200, "-", "..", "p7km-3fqr-9zta"])
def test_any_address_of_a_card_answers(client, token, db):
    assert client.get(f"/card/{token}/").status_code == 200
    assert client.post(f"/card/{token}/", {"picture": PICTURES[:3], "digits": "4711"}).status_code == 422


def test_pictures_are_tapped_one_after_the_other_without_a_script(amina, make):
    new, client = make(amina), Client()
    page = client.get(f"/card/{new.card.token}/")
    for tapped in range(3):
        assert page.content.decode().count('type="hidden" name="picture"') == tapped
        hidden = re.findall(r'type="hidden" name="picture" value="(\w+)"', page.content.decode())
        page = client.post(f"/card/{new.card.token}/", {"picture": [*hidden, new.pin[tapped]]})

    assert page["Location"] == "/me/"
    assert is_in(client, amina)


def test_what_is_no_picture_is_no_choice(client, amina, make):
    page = client.post(f"/card/{make(amina).card.token}/", {"picture": ["sun", "dragon", "", "<b>"]})
    assert page.context["chosen"] == ["sun"]


@pytest.mark.parametrize("typed", ["", "12", "12345", "abcd", "x" * 300])
def test_what_cannot_be_4_digits_says_so_and_is_no_try(client, amina, make, typed):
    new = make(amina, kind=PinKind.DIGITS)
    assert client.post(f"/card/{new.card.token}/", {"digits": typed}).status_code == 422
    new.card.refresh_from_db()
    assert new.card.wrong_tries == 0


# In


@pytest.mark.parametrize("kind", PinKind)
def test_the_right_pin_signs_her_in_and_speaks_her_language(amina, make, kind):
    client = Client()
    response = show(make(amina, kind=kind), client=client)

    assert response["Location"] == "/me/"
    assert client.session[SESSION_KEY] == str(amina.pk)
    assert response.cookies["django_language"].value == "ar"
    assert SignInCard.objects.get().last_used_at is not None


def test_a_typed_code_leads_to_the_page_of_the_card(client, amina, make):
    token = make(amina).card.token
    typed = f" {token[:4].lower()}-{token[4:8]} {token[8:].lower()} "
    assert client.post("/card/", {"code": typed})["Location"] == f"/card/{token}/"
    short = client.post("/card/", {"code": "ABC"})
    assert (short.status_code, short.context["form"]["code"].value()) == (422, "ABC")


def test_two_browsers_with_one_card_both_work(amina, make):
    new, first, second = make(amina), Client(), Client()
    show(new, client=first)
    show(new, client=second)
    assert is_in(first, amina)
    assert is_in(second, amina)


def test_on_a_computer_of_the_class_the_session_ends_with_the_browser(amina, make):
    at_home, in_class = Client(), Client()
    in_class.cookies[class_computer.COOKIE] = "1"
    show(new := make(amina), client=at_home)
    response = show(new, client=in_class)

    assert at_home.cookies["sessionid"]["max-age"]
    assert response.cookies["sessionid"]["max-age"] == ""
    assert in_class.session.get_expire_at_browser_close()


def test_a_guest_of_the_class_gets_her_cookie_and_keeps_her_phone(make, lesson):
    phone, computer = Client(), Client()
    send(phone, lesson.steps.first())
    guest = User.objects.get(is_guest=True)
    show(make(guest), client=computer)

    assert is_in(computer, guest)
    assert is_in(phone, guest)
    assert SESSION_KEY not in computer.session


def send(client: Client, *steps):
    client.post(
        "/progress/", {"events": [raw(event(step)) for step in steps]}, content_type="application/json"
    )


@pytest.mark.parametrize(("same", "moved"), [("yes", True), ("no", False)])
def test_work_of_somebody_before_her_is_asked_about(amina, make, lesson, same, moved):
    computer, new = Client(), make(amina)
    send(computer, lesson.steps.first())
    before = User.objects.get(is_guest=True)

    assert "Is it yours too?" in show(new, client=computer).content.decode()
    assert is_in(computer, before)
    show(new, client=computer, same=same)

    assert is_in(computer, amina)
    assert amina.enrolments.exists() == moved


# Not in


def test_nobody_gets_in_with_a_wrong_pin_and_every_refusal_reads_the_same(amina, dilan, make, bram):
    right, cancelled, in_class = make(amina), make(dilan), make(UserFactory(), at_home=False)
    resting = make(UserFactory())
    cards.cancel_lost(dilan, now=timezone.now())
    SignInCard.objects.filter(pk=resting.card.pk).update(rests_until=timezone.now() + timedelta(minutes=5))
    answers = [
        show(right, wrong(right)),
        show(cancelled),
        show(in_class),
        show(resting),
        Client().post("/card/P22222222222/", {"picture": PICTURES[:3]}),
    ]
    paths = "|".join(re.escape(answer.wsgi_request.path) for answer in answers)
    assert {answer.status_code for answer in answers} == {422}
    assert len({re.sub(paths, "", without_token(answer)) for answer in answers}) == 1


def test_the_order_of_the_pictures_counts_and_a_picture_too_many_does_not_help(amina, make):
    new = make(amina)
    assert show(new, wrong(new)).status_code == 422
    assert show(new, (*wrong(new), *new.pin)).status_code == 422


def test_five_wrong_in_a_row_and_the_card_rests_ten_minutes(amina, make, monkeypatch):
    new = make(amina)
    for _ in range(5):
        show(new, wrong(new))
    assert show(new).status_code == 422

    later(monkeypatch, minutes=9)
    assert show(new).status_code == 422
    later(monkeypatch, minutes=2)
    assert show(new).status_code == 302
    assert SignInCard.objects.get().wrong_tries == 0


def test_a_right_one_in_between_begins_the_count_anew(amina, make):
    new = make(amina)
    for _ in range(3):
        for _ in range(4):
            assert show(new, wrong(new)).status_code == 422
        assert show(new).status_code == 302


def test_fifteen_wrong_cancel_the_card_and_say_why(amina, make, monkeypatch):
    new = make(amina)
    for _ in range(3):
        for _ in range(5):
            show(new, wrong(new))
        later(monkeypatch, minutes=11)
    new.card.refresh_from_db()

    assert (new.card.cancelled_because, new.card.wrong_tries) == (CardEnd.TRIES, 15)
    assert show(new).status_code == 422


def test_tries_while_it_rests_are_not_counted_and_teach_nothing(amina, make):
    new = make(amina)
    for _ in range(20):
        show(new, wrong(new))
    assert SignInCard.objects.get().wrong_tries == 5


def test_a_thief_with_many_cards_is_stopped_and_a_class_of_forty_that_errs_is_not(make):
    people = UserFactory.create_batch(40)
    papers = [make(person) for person in people]
    for new in papers:
        show(new, wrong(new))
        assert show(new).status_code == 302
    thief, tried = Client(REMOTE_ADDR="10.9.9.9"), []
    while 429 not in tried:
        new = papers[len(tried) % 40]
        tried.append(show(new, wrong(new), client=thief).status_code)
    assert len(tried) == 101
    assert show(papers[0], client=thief).status_code == 429


def test_a_new_card_cancels_the_old_one(amina, make):
    old, new = make(amina), make(amina)
    assert show(old).status_code == 422
    assert show(new).status_code == 302
    old.card.refresh_from_db()
    assert old.card.cancelled_because == CardEnd.REPLACED


def test_the_same_form_sent_twice_makes_one_card(amina, make):
    seed = seeds.new_seed()
    first, second = make(amina, seed=seed), make(amina, seed=seed)
    assert (first.card, first.pin) == (second.card, second.pin)
    assert SignInCard.objects.count() == 1


def test_an_old_form_sent_again_brings_no_cancelled_card_back(amina, bram, make):
    seed = seeds.new_seed()
    old, new = make(amina, seed=seed), make(amina)
    again = cards.issue(
        learners=[amina], by=bram, kind=PinKind.PICTURES, works_at_home=True, seed=seed, now=timezone.now()
    )
    assert again == []
    assert show(old).status_code == 422
    assert show(new).status_code == 302


def test_the_database_holds_one_active_card_a_person(amina, make):
    make(amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInCard.objects.create(person=amina, token="P2", pin_digest="x", issued_at=timezone.now())


def test_neither_pin_nor_anything_that_shows_it_is_kept(amina, make):
    new = make(amina, kind=PinKind.DIGITS)
    kept = str(SignInCard.objects.values().get())
    assert "".join(new.pin) not in kept.replace(new.card.token, "").replace(new.card.pin_digest, "").replace(
        str(new.card.issued_at), ""
    )
    assert new.card.pin_digest != pins.digest("", new.pin)


@pytest.mark.parametrize("is_guest", [False, True])
def test_a_lost_card_opens_nothing_and_who_came_in_with_it_is_out(make, is_guest):
    person = UserFactory(guest=is_guest)
    new, thief = make(person), Client()
    show(new, client=thief)
    assert is_in(thief, person)

    cards.cancel_lost(person, now=timezone.now())

    assert thief.get("/me/").context["person"] != person
    assert show(new).status_code == 422
    back = Client()
    show(make(person), client=back)
    assert is_in(back, User.objects.get(pk=person.pk))


def test_cancelling_twice_is_cancelling_once(amina, make):
    make(amina)
    for _ in range(2):
        cards.cancel_lost(amina, now=timezone.now())
    amina.refresh_from_db()
    assert amina.session_round == 1


@pytest.mark.parametrize("who", ["bram", "celia", "edith", "olav"])
def test_those_who_work_with_learners_get_no_card(bram, who, request):
    person = request.getfixturevalue(who)
    made = cards.issue(
        learners=[person], by=bram, kind=PinKind.PICTURES, works_at_home=True, seed=seeds.new_seed(),
        now=timezone.now(),
    )  # fmt: skip
    assert made == []


def test_who_leads_a_cohort_gets_no_card_and_no_code_member_or_not(dilan, cohort):
    assert cards.may_have_card(dilan)
    cohort.trainers.add(dilan)
    cohort.learners.add(dilan)

    assert not cards.may_have_card(dilan)
    assert not resuming.may_have_code(dilan)
    assert dilan not in cohort.learners.who_may_have_card()


def test_a_card_from_before_she_became_a_trainer_opens_nothing(amina, make, organisation):
    new = make(amina)
    MembershipFactory(user=amina, organisation=organisation, role=Role.TRAINER)
    assert show(new).status_code == 422


def test_a_card_of_a_guest_whose_work_went_into_an_account_opens_nothing(amina, make):
    guest = UserFactory(guest=True)
    new = make(guest)
    merge_guest(guest, into=amina)
    assert show(new).status_code == 422
    assert SignInCard.objects.get().cancelled_because == CardEnd.MERGED


# In class only


def test_a_card_for_class_works_while_a_class_of_hers_is_on(amina, make, cohort, monkeypatch):
    new = make(amina, at_home=False)
    assert show(new).status_code == 422

    classes.open_class(cohort, until=timezone.now() + timedelta(hours=4))
    assert show(new).status_code == 302
    classes.end_class(cohort)
    assert show(new).status_code == 422
    classes.open_class(cohort, until=timezone.now() + timedelta(hours=4))
    later(monkeypatch, hours=4, minutes=1)
    assert show(new).status_code == 422


def test_the_class_of_others_opens_nothing_and_no_class_counts_no_try(amina, make, cohort):
    stranger = make(UserFactory(), at_home=False)
    classes.open_class(cohort, until=timezone.now() + timedelta(hours=4))
    for _ in range(20):
        assert show(stranger, wrong(stranger)).status_code == 422
    assert show(stranger).status_code == 422
    stranger.card.refresh_from_db()
    assert (stranger.card.wrong_tries, stranger.card.last_used_at) == (0, None)


def test_a_class_that_ended_for_good_is_not_on(amina, make, cohort):
    new = make(amina, at_home=False)
    classes.open_class(cohort, until=timezone.now() + timedelta(hours=4))
    cohort.ended_at = timezone.now()
    cohort.save()
    assert show(new).status_code == 422


# Computers of the class, and a whole class at once


def test_a_guests_cookie_ends_with_the_browser_on_a_computer_of_the_class(lesson):
    client = Client()
    client.cookies[class_computer.COOKIE] = "1"
    send(client, lesson.steps.first())
    assert client.cookies[guests.COOKIE]["max-age"] == ""


def test_the_script_of_the_class_is_loaded_there_only_and_only_for_somebody(client, amina):
    def has_script() -> bool:
        return "js/class.js" in client.get("/verify/").content.decode()

    client.force_login(amina)
    assert not has_script()
    client.cookies[class_computer.COOKIE] = "1"
    assert has_script()
    client.logout()
    assert not has_script()


@pytest.mark.django_db(transaction=True)
def test_twelve_phones_behind_one_address_sign_in_at_once(make):
    people = UserFactory.create_batch(12)
    papers = [make(person) for person in people]

    def sign_in(new) -> tuple[int, bool]:
        client = Client()
        try:
            status = show(new, client=client).status_code
            return status, client.session.get(SESSION_KEY) == str(new.card.person_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as phones:
        assert list(phones.map(sign_in, papers)) == [(302, True)] * 12


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_counted_one_by_one(amina, make):
    new = make(amina)

    def guess(_) -> int:
        try:
            return show(new, wrong(new)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as thieves:
        list(thieves.map(guess, range(16)))

    new.card.refresh_from_db()
    assert new.card.wrong_tries == 5
