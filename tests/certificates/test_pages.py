import pytest
from django.utils import timezone

from certificates.issuing import correct, revoke
from certificates.models import Credential
from certificates.printing import store_pdf
from certificates.views import WRONG_CODES
from people.codes import in_groups
from people.guests import create_guest, give_cookie
from tests.factories.certificates import CredentialFactory
from tests.factories.learners import finish_module


@pytest.fixture
def guest(client, lesson):
    """A guest who finished a module; the client holds her cookie."""
    from django.http import HttpResponse

    guest = create_guest(help_language="en", screen_language="nl")
    finish_module(guest, lesson.module)
    response = HttpResponse()
    give_cookie(response, guest)
    client.cookies.update(response.cookies)
    return guest


def read(response) -> str:
    return response.content.decode()


# Her own page and paper


def test_the_waiting_page_looks_again_by_itself_and_becomes_the_ready_page(
    credential, amina, client, quick_paper
):
    client.force_login(amina)
    waiting = read(client.get(credential.get_absolute_url()))
    assert '<meta http-equiv="refresh" content="3">' in waiting
    assert ".pdf" not in waiting

    store_pdf(credential.pk)

    ready = read(client.get(credential.get_absolute_url()))
    assert "http-equiv" not in ready
    assert f"/certificates/{credential.code}.pdf" in ready


def test_the_owner_opens_and_keeps_her_paper(printed, amina, client):
    client.force_login(amina)

    shown = client.get(f"/certificates/{printed.code}.pdf")
    kept = client.get(f"/certificates/{printed.code.lower()}.pdf?download")

    assert b"".join(shown) == b"%PDF-1.7 Amina"
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"] == f'inline; filename="certificate-{in_groups(printed.code)}.pdf"'
    assert kept["Content-Disposition"].startswith("attachment")
    assert "no-store" in shown["Cache-Control"]


def test_before_it_is_made_the_paper_leads_to_the_waiting_page(credential, amina, client):
    client.force_login(amina)

    response = client.get(f"/certificates/{credential.code}.pdf")

    assert (response.status_code, response.url) == (302, credential.get_absolute_url())


@pytest.mark.parametrize("path", ["/certificates/{}.pdf", "/certificates/{}/"])
def test_who_may_see_it(path, printed, cohort, amina, bram, celia, dilan, client):
    statuses = {}
    for person in (amina, bram, celia, dilan, None):
        client.logout()
        if person:
            client.force_login(person)
        statuses[person and person.name] = client.get(path.format(printed.code)).status_code

    assert statuses == {"Amina": 200, "Bram": 200, "Celia": 404, "Dilan": 404, None: 404}


@pytest.mark.parametrize("code", ["ZZZZZZZZZZ", "x", "💥", "a" * 500])
def test_unknown_certificates_are_not_found(code, amina, client):
    client.force_login(amina)

    assert client.get(f"/certificates/{code}/").status_code == 404
    assert client.get(f"/certificates/{code}.pdf").status_code == 404


def test_a_revoked_paper_can_no_longer_be_fetched(printed, amina, client):
    revoke(printed, reason="Issued by mistake")
    client.force_login(amina)

    assert client.get(f"/certificates/{printed.code}.pdf").status_code == 302
    assert "Issued by mistake" in read(client.get(printed.get_absolute_url()))


# The name


def test_a_guest_gives_her_name_and_gets_her_certificate(guest, client):
    assert client.get("/certificates/name/").status_code == 200

    response = client.post("/certificates/name/", {"name": "  Amina   El Amrani "})
    client.post("/certificates/name/", {"name": "Amina El Amrani"})

    credential = Credential.objects.get()
    assert response.url == credential.get_absolute_url()
    assert credential.name == "Amina El Amrani"
    assert client.get(credential.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Amina 🌷", "🌷"),
        ("A" * 200, "200"),
        ("李小龍", "李 小 龍"),
        ("", "Please write your name."),
        ("\u202e\u200f", "Please write your name."),
        ("12345", "letters"),
    ],
)
def test_a_name_we_cannot_print_stays_in_the_form_with_the_reason(guest, client, name, says):
    response = client.post("/certificates/name/", {"name": name})

    assert response.status_code == 422
    assert says in read(response)
    assert name in read(response)
    assert not Credential.objects.exists()


def test_without_any_work_there_is_nobody_to_name(client, db):
    assert client.get("/certificates/name/").url.startswith("/accounts/login/")


def test_a_wrong_name_is_corrected_and_the_old_address_leads_to_the_new_paper(printed, amina, client):
    client.force_login(amina)

    response = client.post(f"/certificates/{printed.code}/name/", {"name": "Amina El Amrani"})
    client.post(f"/certificates/{printed.code}/name/", {"name": "Amina El Amrani"})

    new = Credential.objects.current().get()
    assert response.url == new.get_absolute_url()
    assert client.get(printed.get_absolute_url()).url == new.get_absolute_url()
    amina.refresh_from_db()
    assert amina.name == "Amina El Amrani"


def test_a_wrong_correction_keeps_what_she_typed(printed, amina, client):
    client.force_login(amina)

    response = client.post(f"/certificates/{printed.code}/name/", {"name": "Amina 🌷"})

    assert response.status_code == 422
    assert 'value="Amina 🌷"' in read(response)
    assert Credential.objects.count() == 1


def test_nobody_else_corrects_her_name(printed, cohort, bram, dilan, client):
    for person in (bram, dilan, None):
        client.logout()
        if person:
            client.force_login(person)
        assert client.post(f"/certificates/{printed.code}/name/", {"name": "Bram"}).status_code == 404

    assert Credential.objects.count() == 1


# Anyone checks a code


def test_anyone_sees_what_was_learned_and_not_by_whom(printed, client):
    page = client.get(f"/verify/{printed.code}/")

    assert page.status_code == 200
    words = read(page)
    assert "This certificate is real." in words
    for fact in (
        "Using a computer",
        "5 November 2026",
        "5 h 20 min",
        "Maison des Langues",
        in_groups(printed.code),
    ):
        assert fact in words
    assert "Amina" not in words


@pytest.mark.parametrize("typed", ["abqv-jjq2-34", "ABOU-1L0 234", " abou1l0234 "])
def test_small_letters_spaces_and_look_alikes_do_not_matter(typed, amina, client):
    CredentialFactory(person=amina, code="ABQVJJQ234")

    response = client.get("/verify/", {"code": typed})

    assert response.url == "/verify/ABQVJJQ234/"
    assert client.get(f"/verify/{typed.strip()}/").status_code == 200


def test_a_revoked_code_says_so(printed, client):
    revoke(printed, reason="A private reason")

    words = read(client.get(f"/verify/{printed.code}/"))

    assert "This certificate is not valid." in words
    assert "A private reason" not in words


def test_a_replaced_code_names_the_new_one(printed, client):
    new = correct(printed, name="Amina El Amrani")

    words = read(client.get(f"/verify/{printed.code}/"))

    assert "It was replaced by a newer one." in words
    assert f"/verify/{new.code}/" in words
    assert "Amina" not in words


def test_unknown_damaged_and_guessed_codes_get_one_same_answer(client, db):
    answers = [client.get(f"/verify/{code}/") for code in ("ZZZZZZZZZZ", "Z", "-", "علاء", "a" * 1000, "%00")]

    assert {answer.status_code for answer in answers} == {404}
    # The frame around it names its own address in the choice of languages.
    assert len({read(answer).partition("<main")[2].partition("</main>")[0] for answer in answers}) == 1


def test_an_empty_field_asks_for_the_code(client, db):
    assert client.get("/verify/").status_code == 200
    response = client.get("/verify/", {"code": " "})
    assert response.status_code == 422
    assert "Please type the code." in read(response)


def test_guessing_is_limited_also_for_right_codes(printed, client, monkeypatch):
    monkeypatch.setitem(WRONG_CODES, "verify", "3/10m/ip")
    for _ in range(3):
        assert client.get("/verify/ZZZZZZZZZZ/").status_code == 404

    assert client.get("/verify/ZZZZZZZZZZ/").status_code == 429
    assert client.get(f"/verify/{printed.code}/").status_code == 429
    assert client.get(f"/verify/{printed.code}/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_class_may_check_its_own_certificates_as_often_as_it_likes(printed, client, monkeypatch):
    monkeypatch.setitem(WRONG_CODES, "verify", "3/10m/ip")

    assert {client.get(f"/verify/{printed.code}/").status_code for _ in range(10)} == {200}


def test_checking_a_code_costs_one_query(printed, client, django_assert_num_queries):
    client.get(f"/verify/{printed.code}/")
    with django_assert_num_queries(1):
        client.get(f"/verify/{printed.code}/")


# On her own page


def my_page(person) -> str:
    from django.template import Context, Template

    return Template("{% load certificates_tags %}{% my_certificates %}").render(Context({"person": person}))


def after_the_module(completion) -> str:
    from django.template import Context, Template

    return Template("{% load certificates_tags %}{% certificate_for completion %}").render(
        Context({"completion": completion})
    )


def test_my_page_lists_what_i_have_and_what_waits_for_my_name(printed, amina, nameless):
    assert printed.get_absolute_url() in my_page(amina)
    assert "/certificates/name/" in my_page(nameless.enrolment.person)
    assert "no certificate yet" in my_page(create_guest())


@pytest.mark.parametrize("n", [1, 3])
def test_my_page_asks_two_questions_however_many_there_are(n, amina, django_assert_num_queries):
    CredentialFactory.create_batch(n, person=amina)

    with django_assert_num_queries(2):
        my_page(amina)


def test_after_a_module_the_next_thing_to_do_is_named(nameless, amina, lesson, quick_paper):
    assert "Tell us your name" in after_the_module(nameless)
    nameless.enrolment.person.name = "李小龍"
    assert "李 小 龍" in after_the_module(nameless)

    completion = finish_module(amina, lesson.module, at=timezone.now()).completion
    assert "is being made" in after_the_module(completion)
    store_pdf(Credential.objects.get().pk)
    assert "See your certificate" in after_the_module(completion)
    assert after_the_module(None).strip() == ""
