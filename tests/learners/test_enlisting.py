"""Names pasted by a trainer: all or none, each line told what is wrong with it, and nobody twice."""

import pytest
from django.test import Client

from learners.enlisting import MOST_LINES, folded, read_lines
from learners.models import Cohort
from people import seeds
from people.cards import may_have_card
from people.models import User
from tests.factories.learners import CohortFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(bram):
    client = Client()
    client.force_login(bram)
    return client


def paste(trainer: Client, cohort: Cohort, names: str, **fields):
    return trainer.post(
        f"/teach/{cohort.pk}/names/", {"names": names, "seed": seeds.new_seed(), "help_language": ""} | fields
    )


def errors(response) -> list[str]:
    return response.context["form"].errors["names"]


def test_each_line_is_a_learner_whom_a_card_can_let_in(trainer, cohort, amina):
    response = paste(trainer, cohort, "Rojin\r\n\r\n  زینب   احمدي \nТарас", help_language="uk")

    assert response["Location"] == f"/teach/{cohort.pk}/cards/"
    made = cohort.learners.exclude(pk=amina.pk)
    assert sorted(person.name for person in made) == sorted(["Rojin", "زینب احمدي", "Тарас"])
    assert all(person.is_guest and may_have_card(person) for person in made)
    assert {person.help_language for person in made} == {"uk"}


def test_sent_twice_it_makes_them_once(trainer, cohort):
    seed = seeds.new_seed()
    for _ in range(2):
        paste(trainer, cohort, "Rojin\nSelam", seed=seed)
    assert cohort.learners.count() == 3


def test_a_line_that_cannot_be_is_named_and_nothing_is_made(trainer, cohort):
    response = paste(trainer, cohort, "Rojin\n\n12345\nSelam 😀\nROJIN")

    assert response.status_code == 422
    assert [message.split(":")[0] for message in errors(response)] == [
        "Line 3, “12345”", "Line 4, “Selam 😀”", "Line 5, “ROJIN”",
    ]  # fmt: skip
    assert "line 1" in errors(response)[2]
    assert "Selam 😀" in response.content.decode()
    assert cohort.learners.count() == 1


@pytest.mark.parametrize("names", ["", " \n \n", "\u200b"])
def test_no_name_is_no_learner(trainer, cohort, names):
    assert paste(trainer, cohort, names).status_code == 422
    assert cohort.learners.count() == 1


def test_too_many_at_once_are_refused_whole(trainer, cohort):
    many = "\n".join(f"Person {chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(MOST_LINES + 1))
    assert paste(trainer, cohort, many).status_code == 422
    assert cohort.learners.count() == 1


def test_a_page_open_for_long_makes_nothing(trainer, cohort):
    assert paste(trainer, cohort, "Rojin", seed="forged").status_code == 422
    assert cohort.learners.count() == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ali Hassan", "hassan ALI"), ("Zoé", "Zoe"), ("Ağa", "AĞA"), ("O’Brien", "O'Brien"), ("أحمد", "احمد")],
)
def test_two_spellings_of_one_name_are_found(one, other):
    assert folded(one) == folded(other)


def test_somebody_she_knows_is_asked_about_first(trainer, cohort, bram):
    known = UserFactory(name="Rojin Demir")
    other = CohortFactory(organisation=cohort.organisation, trainers=[bram], learners=[known], name="Evening")

    asked = paste(trainer, cohort, "Demir Rojin\nSelam")
    assert asked.status_code == 422
    assert "Evening" in asked.content.decode()
    assert cohort.learners.count() == 1

    paste(trainer, cohort, "Demir Rojin\nSelam", **{"line-1": str(known.pk)})
    assert known in cohort.learners.all()
    assert cohort.learners.count() == 3
    assert known in other.learners.all()

    paste(trainer, cohort, "Rojin Demir", **{"line-1": "new"})
    assert User.objects.filter(name="Rojin Demir").count() == 2


def test_whoever_others_teach_is_not_known_and_cannot_be_taken(trainer, cohort, dilan):
    CohortFactory(learners=[dilan])
    assert read_lines("Dilan", [])[0].doubles == ()

    paste(trainer, cohort, "Dilan", **{"line-1": str(dilan.pk)})
    assert dilan not in cohort.learners.all()
    assert cohort.learners.filter(name="Dilan").exists()


def test_the_page_is_counted_with_one_and_with_three(trainer, cohort, django_assert_max_num_queries):
    def count(names: str) -> int:
        with django_assert_max_num_queries(14) as counted:
            assert paste(trainer, cohort, names).status_code == 422
        return len(counted)

    one = count("Amina")
    for name in ("Selam", "Rojin"):
        cohort.learners.add(UserFactory(name=name))
    assert count("Amina\nSelam\nRojin") == one


def test_where_else_somebody_learns_is_told_only_by_cohorts_of_hers(trainer, cohort, amina):
    CohortFactory(learners=[amina], name="Elsewhere")
    page = paste(trainer, cohort, "Amina").content.decode()
    assert cohort.name in page
    assert "Elsewhere" not in page
