"""What a trainer does before her class: cards, the class is on, computers of the class."""

import re
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from papers import making
from papers.kinds import NothingToPrint, kind_of
from papers.models import PrintJob
from people import class_computer, guests, seeds
from people.enums import CardEnd, Role
from people.models import SignInCard
from people.templatetags.signs import picture_word
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, UserFactory
from tests.papers.looking import is_a4, pages_of, read_square, says, square_of, tagged_languages

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(client, bram) -> Client:
    client.force_login(bram)
    return client


def cards_of(client, cohort, **fields):
    url = f"/teach/{cohort.pk}/cards/"
    return client.post(url, {"kind": "P", "seed": seeds.new_seed(), "works_at_home": "on", **fields})


def printed(response) -> list[tuple[str, str, tuple[str, ...]]]:
    """(name, code, PIN) of each card on the paper that this press asked for."""
    return [
        (card.name, card.code.replace("-", ""), tuple(sign.name for sign in card.pin))
        for sheet in paper_of(response).context["sheets"]
        for card in sheet
    ]


def job_of(response) -> PrintJob:
    assert response.status_code == 302
    return PrintJob.objects.get(pk=response["Location"].split("/")[2])


def paper_of(response):
    job = job_of(response)
    return kind_of(job).compose(job)


def made(response) -> tuple[PrintJob, bytes]:
    job = job_of(response)
    assert making.make(job.pk)
    job.refresh_from_db()
    return job, job.file.read()


def row_of(client, cohort, person):
    rows = client.get(f"/teach/{cohort.pk}/cards/").context["rows"]
    return next(row for row in rows if row.learner == person)


def test_a_trainer_makes_cards_for_some_and_for_all(trainer, cohort, amina):
    yusuf = UserFactory(name="Yusuf")
    cohort.learners.add(yusuf)

    assert [name for name, *_ in printed(cards_of(trainer, cohort, learners=[yusuf.pk]))] == ["Yusuf"]
    assert [name for name, *_ in printed(cards_of(trainer, cohort, everybody="yes"))] == ["Amina", "Yusuf"]


@pytest.mark.parametrize("kind", ["P", "D"])
def test_what_is_printed_opens_the_card(trainer, cohort, amina, kind):
    ((_, token, pin),) = printed(cards_of(trainer, cohort, everybody="yes", kind=kind))

    sent = {"picture": pin} if kind == "P" else {"digits": "".join(pin)}
    assert Client().post(f"/card/{token}/", sent).status_code == 302


def test_the_square_on_the_card_is_the_address_of_the_card(trainer, cohort, settings):
    response = cards_of(trainer, cohort, everybody="yes")
    ((_, token, _),) = printed(response)

    ((card,),) = paper_of(response).context["sheets"]

    assert read_square(card.qr) == square_of(f"{settings.BASE_URL}/card/{token}/")


def test_a_card_speaks_the_language_of_its_person(trainer, cohort, amina):
    cohort.learners.add(
        UserFactory(name="ሰላም ተስፋይ", help_language="ti"), UserFactory(name="Олена Їжак", help_language="uk")
    )

    _, pdf = made(cards_of(trainer, cohort, everybody="yes"))

    assert sorted(tagged_languages(pdf)) == ["ar", "ti", "uk"]
    assert all(says(pdf, name) for name in ("Amina", "ሰላም ተስፋይ", "Олена Їжак"))
    assert is_a4(pdf)


def test_a_reader_aloud_hears_the_pictures_and_where_the_square_leads(trainer, cohort, amina, settings):
    amina.help_language = "fr"
    amina.save()
    response = cards_of(trainer, cohort, everybody="yes")
    ((_, token, pin),) = printed(response)
    with translation.override("fr"):
        words = [picture_word(name) for name in pin]

    _, pdf = made(response)

    with pikepdf.open(BytesIO(pdf)) as document:
        figures = [
            str(one.Alt)
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    assert figures == [f"{settings.BASE_URL}/card/{token}/", *words]


def test_once_made_the_paper_is_all_that_knows_the_pin(trainer, cohort):
    seed = seeds.new_seed()

    job, _ = made(cards_of(trainer, cohort, everybody="yes", kind="D", seed=seed))

    assert job.params == {
        "kind": "D",
        "works_at_home": True,
        "cohort": cohort.pk,
        "learners": list(cohort.learners.values_list("pk", flat=True)),
    }
    assert seed not in str(PrintJob.objects.values().get())


def test_a_worker_that_begins_again_makes_the_same_cards(trainer, cohort):
    response = cards_of(trainer, cohort, everybody="yes")
    first = printed(response)

    made(response)

    assert [card.token for card in SignInCard.objects.all()] == [token for _, token, _ in first]


def test_cards_that_were_cancelled_meanwhile_are_not_printed(trainer, cohort, amina):
    response = cards_of(trainer, cohort, everybody="yes")
    printed(response)
    trainer.post(f"/teach/{cohort.pk}/cards/lost/", {"learner": amina.pk})

    with pytest.raises(NothingToPrint, match="There is no card to print"):
        paper_of(response)


def test_who_left_the_class_before_the_worker_came_gets_no_card(trainer, cohort, amina):
    response = cards_of(trainer, cohort, everybody="yes")
    cohort.learners.remove(amina)

    with pytest.raises(NothingToPrint):
        paper_of(response)
    assert not SignInCard.objects.exists()


def test_a_long_name_keeps_its_card_whole(trainer, cohort):
    cohort.learners.add(UserFactory(name=" ".join(["Wouwenberghe"] * 7)[:100]))

    _, pdf = made(cards_of(trainer, cohort, everybody="yes"))

    assert pages_of(pdf) == 1


def test_the_pin_is_seen_once_and_never_on_the_list(trainer, cohort, amina):
    ((_, token, pin),) = printed(cards_of(trainer, cohort, everybody="yes", kind="D"))

    page = trainer.get(f"/teach/{cohort.pk}/cards/").content.decode()

    assert token not in page
    assert "".join(pin) not in re.sub(r'value="[^"]{20,}"', "", page)


def test_nine_cards_need_two_sheets(trainer, cohort):
    cohort.learners.add(*UserFactory.create_batch(8))
    response = cards_of(trainer, cohort, everybody="yes")

    assert [len(sheet) for sheet in paper_of(response).context["sheets"]] == [8, 1]
    assert pages_of(made(response)[1]) == 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_sent_twice_the_same_cards_come(trainer, cohort, jobs):
    """With the key of the form it is one paper; a browser that forgot it gets two with the same cards."""
    seed, keys = seeds.new_seed(), [uuid4(), uuid4()]
    pressed = [
        cards_of(trainer, cohort, everybody="yes", seed=seed, key=keys[n if jobs == 2 else 0])
        for n in range(2)
    ]
    first, second = map(printed, pressed)
    assert first == second
    assert SignInCard.objects.count() == 1
    assert PrintJob.objects.count() == jobs


@pytest.mark.parametrize(
    "fields",
    [{}, {"learners": ["x"]}, {"learners": ["999999"]}, {"everybody": "yes", "kind": "Z"}, {"everybody": "yes", "seed": "x"}],
    ids=["nobody", "no number", "unknown", "kind", "old page"],
)  # fmt: skip
def test_what_is_wrong_is_said_and_makes_no_card(trainer, cohort, fields):
    response = cards_of(trainer, cohort, **fields)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not SignInCard.objects.exists()


def test_what_was_ticked_stays_ticked(trainer, cohort, amina):
    response = cards_of(trainer, cohort, learners=[amina.pk], seed="x", kind="D")
    page = response.content.decode()
    assert re.search(rf'name="learners" value="{amina.pk}"[^>]* checked', page)
    assert re.search(r'name="kind" value="D"[^>]* checked', page)
    assert re.search(r'name="works_at_home"[^>]* checked', page)


def test_nobody_of_another_cohort_gets_a_card(trainer, cohort, dilan):
    assert cards_of(trainer, cohort, learners=[dilan.pk]).status_code == 422
    assert not SignInCard.objects.exists()


def test_the_list_says_how_each_card_stands(trainer, cohort, amina):
    assert row_of(trainer, cohort, amina).card is None
    ((_, token, pin),) = printed(cards_of(trainer, cohort, everybody="yes"))
    assert row_of(trainer, cohort, amina).card.last_used_at is None

    for _ in range(2):
        Client().post(f"/card/{token}/", {"picture": pin})
    assert row_of(trainer, cohort, amina).card.last_used_at is not None
    for _ in range(5):
        Client().post(f"/card/{token}/", {"picture": list(reversed(pin))})
    assert row_of(trainer, cohort, amina).rests
    assert "Rests until" in trainer.get(f"/teach/{cohort.pk}/cards/").content.decode()


def test_a_lost_card_is_cancelled_with_one_tap(trainer, cohort, amina):
    ((_, token, pin),) = printed(cards_of(trainer, cohort, everybody="yes"))

    for _ in range(2):
        response = trainer.post(f"/teach/{cohort.pk}/cards/lost/", {"learner": amina.pk})
        assert response["Location"] == f"/teach/{cohort.pk}/cards/"

    assert Client().post(f"/card/{token}/", {"picture": pin}).status_code == 422
    assert row_of(trainer, cohort, amina).card.cancelled_because == CardEnd.LOST


@pytest.mark.parametrize("learner", ["", "x", "999999", "9" * 40, "-1"])
def test_a_card_of_nobody_cannot_be_lost(trainer, cohort, learner):
    assert trainer.post(f"/teach/{cohort.pk}/cards/lost/", {"learner": learner}).status_code == 404


@pytest.fixture
def els(organisation):
    """She works in the same house and leads another cohort."""
    person = UserFactory(username="els", name="Els")
    MembershipFactory(user=person, organisation=organisation, role=Role.TRAINER)
    CohortFactory(organisation=organisation, trainers=[person])
    return person


@pytest.mark.parametrize("who", ["amina", "dilan", "celia", "edith", "olav", "els"])
def test_only_its_trainers_touch_a_cohort(client, request, who, cohort, amina, bram):
    trainer = Client()
    trainer.force_login(bram)
    ((_, token, pin),) = printed(cards_of(trainer, cohort, everybody="yes"))
    client.force_login(request.getfixturevalue(who))

    assert client.get(f"/teach/{cohort.pk}/cards/").status_code == 404
    assert cards_of(client, cohort, everybody="yes").status_code == 404
    assert client.post(f"/teach/{cohort.pk}/cards/lost/", {"learner": amina.pk}).status_code == 404
    assert client.post(f"/teach/{cohort.pk}/class/", {"class": "on"}).status_code == 404

    cohort.refresh_from_db()
    assert not cohort.is_open
    assert Client().post(f"/card/{token}/", {"picture": pin}).status_code == 302


def test_a_learner_of_another_cohort_keeps_her_card(client, els, cohort, amina, bram):
    trainer = Client()
    trainer.force_login(bram)
    printed(cards_of(trainer, cohort, everybody="yes"))
    client.force_login(els)
    hers = els.cohorts_led.get()

    assert client.post(f"/teach/{hers.pk}/cards/lost/", {"learner": amina.pk}).status_code == 404
    assert SignInCard.objects.active().count() == 1


def test_the_list_costs_the_same_with_one_learner_and_with_three(trainer, cohort):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            trainer.get(f"/teach/{cohort.pk}/cards/")
        return len(asked)

    printed(cards_of(trainer, cohort, everybody="yes"))
    one = count()
    cohort.learners.add(*UserFactory.create_batch(2))
    printed(cards_of(trainer, cohort, everybody="yes"))
    assert count() == one <= 12


def test_a_browser_becomes_one_of_the_class_and_ends_it(trainer):
    guest = UserFactory(guest=True)
    trainer.cookies[guests.COOKIE] = guests._signer.sign(str(guest.key))

    trainer.post("/teach/class-computer/", {"class_computer": "on"})

    assert int(trainer.cookies[class_computer.COOKIE]["max-age"]) == class_computer.MAX_AGE
    assert trainer.cookies["sessionid"]["max-age"] == ""
    assert trainer.cookies[guests.COOKIE]["max-age"] == ""
    assert "No longer a computer of the class" in trainer.get("/teach/").content.decode()

    trainer.post("/teach/class-computer/", {"class_computer": "off"})
    assert trainer.cookies[class_computer.COOKIE].value == ""


@pytest.mark.parametrize("who", ["amina", "dilan", "celia"])
def test_only_trainers_make_a_computer_one_of_the_class(client, request, who, cohort):
    client.force_login(request.getfixturevalue(who))
    assert client.post("/teach/class-computer/", {"class_computer": "on"}).status_code == 404
    assert class_computer.COOKIE not in client.cookies
