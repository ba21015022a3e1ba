"""Four words on paper: hers, and nobody else's."""

import math
import re
from copy import deepcopy

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from learners.models import Attempt
from people import guests, resuming, seeds
from people.actions import merge_guest
from people.enums import Role
from people.models import ResumeCode, User
from tests.factories.learners import do, event, raw
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def make_code(client: Client) -> str:
    """What she reads on the page after she has asked for a code."""
    page = client.get("/me/resume/").content.decode()
    page = client.post("/me/resume/", {"seed": seed_in(page)}).content.decode()
    return " ".join(re.findall(r"<li>([a-z]{4})</li>", page))


def seed_in(page: str) -> str:
    return re.search(r'name="seed" value="([^"]+)"', page)[1]


def resume(client: Client, code: str, **fields):
    return client.post("/resume/", {"code": code, **fields})


def person_in(client: Client) -> User | None:
    person = client.get("/me/").context["person"]
    return User.objects.get(pk=person.pk) if person else None


@pytest.fixture
def guest(client, lesson) -> User:
    """A guest with one step done, in `client`."""
    send(client, lesson.steps.first())
    return User.objects.get(is_guest=True)


def send(client: Client, *steps):
    client.post(
        "/progress/", {"events": [raw(event(step)) for step in steps]}, content_type="application/json"
    )


def test_a_code_has_at_least_45_bits():
    assert len(set(resuming.WORDS)) == len(resuming.WORDS)
    assert resuming.WORDS_IN_A_CODE * math.log2(len(resuming.WORDS)) >= 45


def test_a_code_has_no_rude_word_and_no_two_letters_that_sound_alike():
    assert not set(resuming.RUDE.split()) & set(resuming.WORDS)
    for one, other in ("bp", "fv", "kg", "sz", "kc", "kq", "iy", "vw"):
        assert not any(one in word for word in resuming.WORDS) or not any(
            other in word for word in resuming.WORDS
        )


@pytest.mark.parametrize(
    "typed",
    [
        "bamo keti sulo rifa", "BAMO KETI SULO RIFA", "bamo-keti, sulo.rifa", "  bamoketi\nsulorifa ", "Bámo kéti sulo rifà",
        "pamo geti zulo riva", "bam0 ketI 5u1o rlfa", "бамо кети суло рифа", "βαμο κετι συλο ριφα", "８amo keti sulo rifa",
    ],
    ids=[
        "same", "capitals", "hyphens", "together", "accents", "by ear", "digits", "cyrillic", "greek", "wide",
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed):
    assert resuming.fold(typed) == "bamoketisulorifa"


def test_a_guest_goes_on_at_another_browser(client, guest, lesson):
    code = make_code(client)
    phone = Client()

    response = resume(phone, code.upper().replace(" ", "-"))

    assert response["Location"] == "/me/"
    assert person_in(phone) == guest
    assert phone.cookies[guests.COOKIE]["max-age"] == guests.MAX_AGE
    send(phone, lesson.steps.all()[1])
    assert Attempt.objects.filter(enrolment__person=guest).count() == 2


def test_an_account_is_signed_in_and_the_page_speaks_her_language(client, amina):
    client.force_login(amina)
    code = make_code(client)
    other = Client()

    response = resume(other, code)

    assert other.session[SESSION_KEY] == str(amina.pk)
    assert response.cookies["django_language"].value == "ar"
    assert response.cookies["stepin_screen"].value == "nl"


def test_the_code_itself_is_not_kept(client, guest):
    code = make_code(client)

    kept = ResumeCode.objects.get()
    assert code not in str(vars(kept))
    assert code.replace(" ", "") not in str(vars(kept))


def test_a_new_code_cancels_the_old_one_and_the_page_says_since_when(client, guest):
    old = make_code(client)
    new = make_code(client)

    assert resume(Client(), old).status_code == 422
    assert resume(Client(), new).status_code == 302
    kept = ResumeCode.objects.get()
    assert kept.made_at.astimezone().strftime("%Y") in client.get("/me/resume/").content.decode()
    assert new not in client.get("/me/resume/").content.decode()


def test_the_same_form_sent_twice_makes_one_code(client, guest):
    seed = seed_in(client.get("/me/resume/").content.decode())
    pages = [client.post("/me/resume/", {"seed": seed}).context["words"] for _ in range(2)]

    assert pages[0] == pages[1] != []
    assert resume(Client(), " ".join(pages[0])).status_code == 302


@pytest.mark.parametrize("seed", ["", "x", "x:y:z"])
def test_a_forged_or_old_form_makes_no_code(client, guest, seed, monkeypatch):
    assert client.post("/me/resume/", {"seed": seed}).status_code == 422
    good = seeds.new_seed()
    now = seeds.signing.time.time()
    monkeypatch.setattr(seeds.signing.time, "time", lambda: now + seeds.MAX_AGE + 60)
    assert client.post("/me/resume/", {"seed": good}).status_code == 422
    assert not ResumeCode.objects.exists()


def test_a_seed_of_one_person_makes_another_code_for_another(amina, dilan):
    from django.utils import timezone

    seed = seeds.new_seed()
    codes = {resuming.make_code(person, seed=seed, now=timezone.now()) for person in (amina, dilan)}
    assert len(codes) == 2


def without_token(response) -> str:
    return re.sub(r'value="[^"]*"', "", response.content.decode())


def test_a_wrong_and_a_cancelled_code_get_the_same_answer(client, guest):
    old = make_code(client)
    make_code(client)

    cancelled, wrong = resume(Client(), old), resume(Client(), "bamo keti sulo rifa")

    assert (cancelled.status_code, without_token(cancelled)) == (422, without_token(wrong))


@pytest.mark.parametrize(
    "typed", ["", "   ", "bamo", "bamo keti sulo rifa bamo", "🐟", "x" * 300, "\x00", "ي" * 16]
)
def test_what_cannot_be_a_code_is_refused_and_kept_in_the_field(typed):
    response = resume(Client(), typed)

    assert response.status_code == 422
    assert response.context["form"]["code"].value() == typed


def test_too_many_wrong_codes_from_one_address_are_stopped_and_right_ones_before_never(client, guest):
    code = make_code(client)
    for _ in range(40):
        assert resume(Client(), code).status_code == 302
    thief = Client()
    answers = [resume(thief, f"bamo keti sulo {word}").status_code for word in resuming.WORDS[:61]]
    assert answers == [422] * 60 + [429]
    assert resume(thief, code).status_code == 429
    assert resume(Client(REMOTE_ADDR="10.0.0.2"), code).status_code == 302


@pytest.mark.parametrize("who", ["bram", "celia", "edith", "olav"])
def test_those_who_work_with_learners_have_no_code_and_none_opens_for_them(client, who, request):
    person = request.getfixturevalue(who)
    client.force_login(person)
    assert client.get("/me/resume/").status_code == 404
    assert client.post("/me/resume/", {"seed": seeds.new_seed()}).status_code == 404
    assert not ResumeCode.objects.exists()


def test_a_code_made_before_she_became_a_trainer_opens_nothing(client, amina, organisation):
    client.force_login(amina)
    code = make_code(client)
    MembershipFactory(user=amina, organisation=organisation, role=Role.TRAINER)

    assert resume(Client(), code).status_code == 422


def test_a_person_who_may_no_longer_act_has_no_code(client, amina):
    client.force_login(amina)
    code = make_code(client)
    amina.is_active = False
    amina.save()

    assert resume(Client(), code).status_code == 422


def test_a_visitor_who_has_done_nothing_has_no_code(client, db):
    assert client.get("/me/resume/")["Location"] == "/me/"


# Two works in one browser


@pytest.fixture
def two(client, guest, lesson) -> tuple[Client, User, str]:
    """A phone that holds another guest's work, that guest, and the code of `guest`."""
    code = make_code(client)
    phone = Client()
    send(phone, lesson.steps.all()[1])
    return phone, User.objects.filter(is_guest=True).exclude(pk=guest.pk).get(), code


def test_she_is_asked_first_whose_work_is_on_the_phone(two, guest):
    phone, other, code = two

    response = resume(phone, code)

    assert "Is it yours too?" in response.content.decode()
    assert person_in(phone) == other


def test_hers_too_becomes_one_work(two, guest):
    phone, _other, code = two

    resume(phone, code, same="yes")

    assert person_in(phone) == guest
    assert Attempt.objects.filter(enrolment__person=guest).count() == 2


def test_somebody_elses_stays_apart_and_its_code_is_shown(two, guest):
    phone, other, code = two

    response = resume(phone, code, same="no")

    assert person_in(phone) == guest
    assert Attempt.objects.filter(enrolment__person=other).count() == 1
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    back = Client()
    resume(back, " ".join(response.context["words"]))
    assert person_in(back) == other


def test_the_paper_somebody_else_holds_already_is_not_cancelled(two, guest):
    phone, other, code = two
    paper = make_code(phone)

    response = resume(phone, code, same="no")

    assert response.context["words"] == []
    back = Client()
    resume(back, paper)
    assert person_in(back) == other


def test_an_answer_that_got_lost_shows_the_same_words_again(two, guest):
    phone, other, code = two
    resume(phone, code)
    kept = deepcopy(phone.cookies)
    lost = resume(phone, code, same="no").context["words"]
    phone.cookies = kept

    words = resume(phone, code, same="no").context["words"]

    assert words == lost != []
    assert person_in(phone) == guest
    back = Client()
    resume(back, " ".join(words))
    assert person_in(back) == other


def test_a_paper_made_after_a_lost_answer_is_not_cancelled(two, guest):
    phone, other, code = two
    resume(phone, code)
    kept = deepcopy(phone.cookies)
    resume(phone, code, same="no")
    phone.cookies = kept
    paper = make_code(phone)

    assert resume(phone, code, same="no").context["words"] == []

    back = Client()
    resume(back, paper)
    assert person_in(back) == other


@pytest.mark.parametrize(("same", "attempts"), [("yes", 2), ("no", 1)])
def test_an_account_is_asked_too(client, guest, amina, lesson, same, attempts):
    do(amina, lesson.steps.all()[2])
    client_of_amina = Client()
    client_of_amina.force_login(amina)
    code = make_code(client_of_amina)

    assert "Is it yours too?" in resume(client, code).content.decode()
    resume(client, code, same=same)

    assert person_in(client) == amina
    assert Attempt.objects.filter(enrolment__person=amina).count() == attempts


def test_the_paper_of_a_guest_follows_her_work_to_another_guest_and_never_into_an_account(two, guest, amina):
    phone, other, code = two
    paper = make_code(phone)
    merge_guest(other, into=guest)
    back = Client()
    resume(back, paper)
    assert person_in(back) == guest

    merge_guest(guest, into=amina)

    assert resume(Client(), paper).status_code == 422
    assert resume(Client(), code).status_code == 422


def test_who_is_signed_in_is_signed_out_first(client, guest, dilan):
    code = make_code(client)
    computer = Client()
    computer.force_login(dilan)

    response = resume(computer, code)

    assert person_in(computer) == guest
    assert SESSION_KEY not in computer.session
    assert response["Clear-Site-Data"]


def test_dilan_does_not_see_who_has_a_code(client, guest, dilan):
    make_code(client)
    stranger = Client()
    stranger.force_login(dilan)

    assert stranger.get("/me/resume/").context["kept"] is None


# Not me


def test_a_guest_sees_her_code_before_the_browser_forgets_her(client, guest):
    page = client.get("/me/leave/").content.decode()
    assert 'name="forget"' not in page

    shown = client.post("/me/leave/", {"make": "yes", "seed": seed_in(page)})
    words = shown.context["words"]
    assert person_in(client) == guest
    response = client.post("/me/leave/", {"forget": "yes"})

    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response.cookies[guests.COOKIE].value == ""
    assert person_in(client) is None
    resume(client, " ".join(words))
    assert person_in(client) == guest


def test_who_goes_without_a_code_finds_it_on_the_last_page(client, guest):
    """As on a computer of the class where nobody answers."""
    words = client.post("/me/leave/", {"forget": "yes"}).context["words"]

    assert person_in(client) is None
    resume(client, " ".join(words))
    assert person_in(client) == guest


def test_who_goes_and_loses_the_answer_reads_the_same_words_again(client, guest):
    client.get("/me/leave/")
    cookies = deepcopy(client.cookies)
    words = client.post("/me/leave/", {"forget": "yes"}).context["words"]

    client.cookies = cookies
    assert client.post("/me/leave/", {"forget": "yes"}).context["words"] == words != []


def test_her_code_on_paper_stays_good_when_she_goes(client, guest):
    paper = make_code(client)
    client.post("/me/leave/", {"forget": "yes"})

    resume(client, paper)

    assert person_in(client) == guest


def test_signing_out_empties_the_browser_and_keeps_its_languages(client, amina):
    client.force_login(amina)
    client.cookies["django_language"] = "ar"

    response = client.post("/accounts/logout/")

    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert client.cookies["django_language"].value == "ar"
    assert client.get("/me/leave/")["Location"] == "/"


def test_who_is_signed_in_signs_out_instead(client, amina):
    client.force_login(amina)
    assert client.get("/me/leave/")["Location"] == "/accounts/logout/"


def test_whose_work_it_is_stands_on_top_and_costs_a_stranger_nothing(
    client, guest, lesson, django_assert_num_queries
):
    assert 'class="who"' in client.get("/verify/").content.decode()
    stranger = Client()
    stranger.get("/verify/")
    with django_assert_num_queries(0):
        assert 'class="who"' not in stranger.get("/verify/").content.decode()


def test_a_person_deleted_in_this_request_stands_on_no_page(client, guest):
    response = client.post("/me/delete/", {"sure": "on"})
    assert 'class="who"' not in response.content.decode()
    assert not ResumeCode.objects.exists()


def test_factory_people_have_signs_that_stay(amina):
    from people.templatetags.signs import sign_of

    assert sign_of(amina) == sign_of(User.objects.get(pk=amina.pk))
    assert {sign_of(UserFactory.build()) for _ in range(200)} > {"sun", "fish"}
