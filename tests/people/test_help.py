"""Help stands at the same place of every page, and knows whom she can ask."""

import re

import pytest
from django.test import Client

from people import helping
from people.enums import Role
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import CohortFactory, do
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

CARD = {
    "contact_phone": "Onthaal: 0400 00 00 14\nBram 0400 00 00 15",
    "contact_hours": "Maandag: 9 u – 12 u\nDinsdag: 9 u – 16 u",
    "contact_place": "Voorbeeldstraat 1\n9000 Gent",
    "contact_email": "help@wegwijs.example",
}


def give_card(organisation, **changes):
    for name, value in (CARD | changes).items():
        setattr(organisation, name, value)
    organisation.save()


def text(response) -> str:
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def dialled(response) -> list[str]:
    return re.findall(r'href="tel:([^"]+)"', response.content.decode())


@pytest.mark.parametrize("path", ["/en/", "/me/", "/accounts/login/", "/verify/", "/nowhere/", "/help/"])
def test_it_stands_in_the_head_of_every_page(client, path):
    html = client.get(path, follow=True).content.decode()
    head = html[html.index("<header") : html.index("</header>")]

    links = re.findall(r'<a class="masthead__(\w+)" href="([^"?]*)', head)
    assert [place for place, _ in links] == ["brand", "link", "link"]
    assert links[2][1] == "/help/"


def test_it_leads_back_to_the_very_same_step(client, lesson):
    step = f"/en/{lesson.module.slug}/{lesson.slug}/2/?tried=x"
    html = client.get(step).content.decode()
    link = re.search(r'href="(/help/\?from=[^"]+)"', html)[1]

    help_page = client.get(link)

    assert f'href="{step}" data-back' in help_page.content.decode()
    assert "Back to my step" in text(help_page)
    assert "Print this step" in text(help_page)


def test_another_language_leads_back_to_the_step_in_that_language(client, lesson):
    step = f"{lesson.module.slug}/{lesson.slug}/2/"
    client.post("/language/", {"help_language": "fr", "next": f"/help/?from=/en/{step}"})

    assert f'href="/fr/{step}" data-back' in client.get(f"/help/?from=/en/{step}").content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "/help/?from=/help/",
        "",
        "/\\evil.example",
    ],
)
def test_it_leads_back_nowhere_else(client, url):
    response = client.get("/help/", {"from": url})

    assert re.findall(r'href="([^"]*)" data-back', response.content.decode()) == ["/"]


def test_a_visitor_sees_who_certifies_people_who_learn_alone(client, organisation):
    give_card(organisation)
    give_card(OrganisationFactory(name="Elsewhere"), contact_phone="0400 00 00 99")

    response = client.get("/help/")

    assert dialled(response) == ["0400000014", "0400000015"]
    assert "Elsewhere" not in text(response)
    for line in ("Onthaal:", "Maandag: 9 u – 12 u", "9000 Gent", "help@wegwijs.example"):
        assert line in text(response)


def test_without_any_organisation_the_page_is_still_there(client):
    response = client.get("/help/")

    assert response.status_code == 200
    assert "Ask the people who showed you StepIn." in text(response)


def test_a_learner_sees_her_trainers_and_where_she_learns(client_of, cohort, amina):
    elsewhere = OrganisationFactory(name="Open Deur")
    give_card(elsewhere, contact_phone="0400 00 00 20")
    second = UserFactory(name="Fien")
    gone = UserFactory(name="Gone", is_active=False)
    CohortFactory(organisation=elsewhere, trainers=[second, gone], learners=[amina])
    give_card(cohort.organisation)

    response = client_of(amina).get("/help/")

    assert "Ask my trainer" in text(response)
    assert "Bram" in text(response)
    assert "Fien" in text(response)
    assert "Gone" not in text(response)
    assert sorted(dialled(response)) == ["0400000014", "0400000015", "0400000020"]


def test_a_trainers_user_name_is_not_shown(client_of, amina):
    CohortFactory(trainers=[UserFactory(username="secret-login", name="")], learners=[amina])

    assert "secret-login" not in client_of(amina).get("/help/").content.decode()


def test_a_cohort_that_ended_helps_no_more(client_of, cohort, amina):
    cohort.ended_at = "2026-01-01T00:00Z"
    cohort.save()

    assert "Ask my trainer" not in text(client_of(amina).get("/help/"))


def test_a_stranger_sees_nobodys_trainer(client, client_of, cohort, dilan):
    for browser in (client, client_of(dilan)):
        assert "Bram" not in text(browser.get("/help/"))


def test_who_works_for_an_organisation_sees_its_card(client_of, celia, organisation):
    organisation.is_default_issuer = False
    organisation.save()
    give_card(organisation)
    give_card(OrganisationFactory(is_default_issuer=True), contact_phone="0400 00 00 99")

    assert dialled(client_of(celia).get("/help/")) == ["0400000014", "0400000015"]


def test_what_an_organisation_writes_is_text(client, organisation):
    give_card(organisation, contact_hours="<b>always</b>", contact_phone="<i>0400 00 00 14</i>")

    html = client.get("/help/").content.decode()

    assert "&lt;b&gt;always&lt;/b&gt;" in html
    assert "<i>" not in html


def test_a_room_above_offers_parts_to_a_person_never_to_a_visitor(client, client_of, amina, monkeypatch):
    part = helping.Part("learners/help/my_trainers.html", {"trainers": ["Fien"]})
    monkeypatch.setattr(helping, "_offers", [lambda person: None, lambda person: part])

    assert "Fien" in text(client_of(amina).get("/help/"))
    assert "Fien" not in text(client.get("/help/"))


def test_a_step_asks_the_database_nothing_for_its_help(
    client, client_of, amina, cohort, django_assert_max_num_queries
):
    lesson = lesson_with_steps()
    do(amina, lesson.steps.first())
    path = f"/en/{lesson.module.slug}/{lesson.slug}/2/"
    for browser, most in ((client, 2), (client_of(amina), 4)):
        browser.get(path)
        with django_assert_max_num_queries(most):
            browser.get(path)


def test_the_page_asks_the_same_for_one_and_for_three_cohorts(
    client_of, amina, django_assert_max_num_queries
):
    browser = client_of(amina)

    def count() -> int:
        browser.get("/help/")
        with django_assert_max_num_queries(20) as captured:
            browser.get("/help/")
        return len(captured)

    CohortFactory(trainers=[UserFactory()], learners=[amina])
    one = count()
    for _ in range(2):
        CohortFactory(trainers=[UserFactory()], learners=[amina])
    assert count() == one


# The contact card


def test_a_coordinator_writes_her_card_and_learners_see_it(client, client_of, celia, organisation):
    response = client_of(celia).post(f"/teach/contact/{organisation.pk}/", CARD, follow=True)

    assert "The contact card is saved." in text(response)
    assert dialled(client.get("/help/")) == ["0400000014", "0400000015"]


def test_a_mistake_is_named_and_what_was_typed_stays(client_of, celia, organisation):
    response = client_of(celia).post(
        f"/teach/contact/{organisation.pk}/", CARD | {"contact_phone": "ask Bram", "contact_email": "nobody"}
    )

    assert response.status_code == 422
    assert "There is no phone number in this line: ask Bram" in text(response)
    assert "Voorbeeldstraat 1" in text(response)
    organisation.refresh_from_db()
    assert not organisation.has_contact_card


def test_the_card_changes_nothing_else(client_of, celia, organisation):
    client_of(celia).post(
        f"/teach/contact/{organisation.pk}/", CARD | {"name": "Mine", "is_default_issuer": ""}
    )

    organisation.refresh_from_db()
    assert (organisation.name, organisation.is_default_issuer) == ("Wegwijs vzw", True)


def test_only_the_coordinator_of_that_organisation_may(client_of, celia, bram, dilan, organisation):
    elsewhere = OrganisationFactory()
    # A trainer here who coordinates elsewhere, and the other way round.
    both = MembershipFactory(organisation=elsewhere, role=Role.COORDINATOR).user
    MembershipFactory(user=both, organisation=organisation, role=Role.TRAINER)
    path = f"/teach/contact/{organisation.pk}/"

    for person in (both, bram, dilan):
        assert client_of(person).get(path).status_code == 404
        assert client_of(person).post(path, CARD).status_code == 404
    assert Client().post(path, CARD).status_code == 302
    assert client_of(celia).get(f"/teach/contact/{elsewhere.pk}/").status_code == 404
    assert client_of(celia).get("/teach/contact/999999999/").status_code == 404
    organisation.refresh_from_db()
    assert not organisation.has_contact_card


def test_a_coordinator_of_two_chooses_one(client_of, celia, organisation):
    browser = client_of(celia)
    assert browser.get("/teach/contact/").headers["Location"] == f"/teach/contact/{organisation.pk}/"

    second = MembershipFactory(user=celia, role=Role.COORDINATOR).organisation

    html = browser.get("/teach/contact/").content.decode()
    assert re.findall(r"/teach/contact/(\d+)/", html) == [
        str(one.pk) for one in sorted((organisation, second), key=lambda one: one.name)
    ]


def test_her_page_leads_a_coordinator_to_the_card(client_of, celia, amina):
    assert 'href="/teach/contact/"' in client_of(celia).get("/me/").content.decode()
    assert 'href="/teach/contact/"' not in client_of(amina).get("/me/").content.decode()


def test_the_administrator_writes_it_in_the_editor(client_of, olav, organisation):
    html = (
        client_of(olav).get(f"/admin/snippets/people/organisation/edit/{organisation.pk}/").content.decode()
    )

    assert re.findall(r'name="(contact_\w+)"', html) == list(CARD)
