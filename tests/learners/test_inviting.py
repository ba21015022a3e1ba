"""A trainer invites a colleague to lead a cohort with her; only her own yes makes her one of its trainers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learners import inviting
from learners.models import Invitation
from people.enums import Role
from people.models import Membership
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def els(organisation):
    """Bram's colleague, who leads nobody."""
    return MembershipFactory(
        user=UserFactory(username="els", name="Els"), organisation=organisation, role=Role.TRAINER
    ).user


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def ask(cohort, person, by):
    return browser(by).post(f"/teach/{cohort.pk}/invite/", {"colleague": person.pk})


def say(person, invitation, word: str):
    return browser(person).post(f"/teach/invitations/{invitation.pk}/", {"do": word})


def leads(person, cohort) -> bool:
    return browser(person).get(f"/teach/{cohort.pk}/").status_code == 200


def test_who_says_yes_leads_with_her(cohort, bram, els):
    ask(cohort, els, bram)
    assert not leads(els, cohort)
    page = browser(els).get("/teach/").content.decode()
    assert "<bdi>Bram</bdi> asks you to lead" in page

    say(els, Invitation.objects.get(), "yes")

    assert leads(els, cohort)
    assert list(cohort.trainers.order_by("name")) == [bram, els]
    assert "asks you" not in browser(els).get("/teach/").content.decode()


def test_who_says_no_leads_nothing_and_may_be_asked_again(cohort, bram, els):
    ask(cohort, els, bram)
    say(els, Invitation.objects.get(), "no")
    assert not leads(els, cohort)

    ask(cohort, els, bram)

    assert list(Invitation.objects.open().values_list("person__name", flat=True)) == ["Els"]


def test_asking_twice_is_one_invitation(cohort, bram, els):
    ask(cohort, els, bram)
    inviting.invite(cohort, els, by=bram, now=timezone.now())
    assert Invitation.objects.count() == 1


def test_answering_twice_counts_once(cohort, bram, els):
    ask(cohort, els, bram)
    invitation = Invitation.objects.get()
    say(els, invitation, "no")
    assert say(els, invitation, "yes").status_code == 404
    assert not inviting.answer(invitation, is_accepted=True, now=timezone.now())
    assert not leads(els, cohort)


def test_what_was_taken_back_cannot_be_accepted(cohort, bram, els):
    ask(cohort, els, bram)
    invitation = Invitation.objects.get()
    browser(bram).post(f"/teach/{cohort.pk}/invite/back/", {"colleague": els.pk})
    assert say(els, invitation, "yes").status_code == 404
    assert not leads(els, cohort)


def test_who_has_left_the_organisation_is_refused(cohort, bram, els):
    """She trains elsewhere now, so that her pages open."""
    ask(cohort, els, bram)
    invitation = Invitation.objects.get()
    Membership.objects.filter(user=els).delete()
    MembershipFactory(user=els, role=Role.TRAINER)

    assert "asks you" not in browser(els).get("/teach/").content.decode()
    assert say(els, invitation, "yes").status_code == 302

    assert not leads(els, cohort)
    invitation.refresh_from_db()
    assert invitation.answered_at is None


def test_an_invitation_opens_nothing_once_the_cohort_has_ended(cohort, bram, els):
    ask(cohort, els, bram)
    cohort.ended_at = timezone.now()
    cohort.save()
    assert say(els, Invitation.objects.get(), "yes").status_code == 404


def test_only_colleagues_who_could_lead_it_are_offered(cohort, bram, els, celia, dilan, organisation):
    elsewhere = MembershipFactory(role=Role.TRAINER).user
    closed = UserFactory(is_active=False)
    MembershipFactory(user=closed, organisation=organisation, role=Role.TRAINER)
    asked = MembershipFactory(organisation=organisation, role=Role.TRAINER).user
    ask(cohort, asked, bram)

    assert list(inviting.colleagues_to_invite(cohort)) == [els]

    for person in (elsewhere, closed, celia, dilan, bram):
        ask(cohort, person, bram)
    assert [row.person for row in Invitation.objects.all()] == [asked]


@pytest.mark.parametrize("who", ["dilan", "celia", "another house", "same house"])
def test_nobody_invites_to_a_cohort_of_others(cohort, els, organisation, who, request):
    if who == "same house":
        stranger = MembershipFactory(organisation=organisation, role=Role.TRAINER).user
    elif who == "another house":
        stranger = MembershipFactory(role=Role.TRAINER).user
        CohortFactory(trainers=[stranger])
    else:
        stranger = request.getfixturevalue(who)
    assert ask(cohort, els, stranger).status_code == 404
    inviting.invite(cohort, els, by=els, now=timezone.now())
    invitation = Invitation.objects.get()
    assert say(stranger, invitation, "yes").status_code == 404
    for url in ("invite/back", "step-back"):
        answer = browser(stranger).post(f"/teach/{cohort.pk}/{url}/", {"colleague": els.pk})
        assert answer.status_code == 404
    assert Invitation.objects.open().get() == invitation


def test_a_trainer_steps_back_unless_she_is_the_last(cohort, bram, els):
    cohort.trainers.add(els)
    browser(bram).post(f"/teach/{cohort.pk}/step-back/")
    assert list(cohort.trainers.all()) == [els]

    browser(els).post(f"/teach/{cohort.pk}/step-back/")
    assert list(cohort.trainers.all()) == [els]


def test_a_closed_account_is_nobody_to_leave_it_to(cohort, bram):
    cohort.trainers.add(UserFactory(is_active=False))
    with pytest.raises(inviting.LastTrainer):
        inviting.step_back(cohort, bram)


def test_the_pages_cost_the_same_with_one_and_with_three(cohort, bram, els, organisation):
    def count(person, url: str) -> int:
        client = browser(person)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    def more(n: int) -> None:
        for _ in range(n):
            colleague = MembershipFactory(organisation=organisation, role=Role.TRAINER).user
            inviting.invite(cohort, colleague, by=bram, now=timezone.now())
            MembershipFactory(organisation=organisation, role=Role.TRAINER)
            inviting.invite(CohortFactory(organisation=organisation), els, by=bram, now=timezone.now())

    more(1)
    one = count(bram, f"/teach/{cohort.pk}/"), count(els, "/teach/")
    more(2)
    assert (count(bram, f"/teach/{cohort.pk}/"), count(els, "/teach/")) == one
