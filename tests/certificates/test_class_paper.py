"""The certificates of a class on its trainer's printer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.issuing import correct, revoke
from certificates.models import Credential
from classrooms import actions
from classrooms.enums import Status
from papers import making
from papers.enums import State
from papers.kinds import kind_of
from papers.models import PrintJob
from tests.factories.certificates import CredentialFactory
from tests.factories.learners import CohortFactory
from tests.factories.papers import PrintJobFactory
from tests.factories.people import UserFactory
from tests.papers.looking import is_a4, pages_of, says, tagged_languages

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(client, bram):
    client.force_login(bram)
    return client


def made(bram, cohort) -> PrintJob:
    job = PrintJobFactory(
        owner=bram, kind="certificates", params={"cohort": cohort.pk, "wanted": ["achievement"]}
    )
    making.make(job.pk)
    job.refresh_from_db()
    return job


def composed(bram, cohort):
    job = PrintJobFactory.build(
        owner=bram, kind="certificates", params={"cohort": cohort.pk, "wanted": ["achievement"]}
    )
    return kind_of(job).compose(job)


def names(paper) -> list[str]:
    return [sheet["credential"].name for sheet in paper.context["sheets"]]


def test_each_certificate_is_a_page_by_name(cohort, amina, bram):
    olena, salam = UserFactory(name="Олена Їжакевич"), UserFactory(name="ሰላም ተስፋይ")
    cohort.learners.add(olena, salam)
    for person in (salam, olena, amina):
        CredentialFactory(person=person)

    job = made(bram, cohort)

    pdf = job.file.read()
    assert (job.state, pages_of(pdf), job.remarks) == (State.READY, 3, [])
    assert all(says(pdf, name) for name in ("Amina", "Олена Їжакевич", "ሰላም ተስፋይ"))
    assert names(composed(bram, cohort)) == ["Amina", "Олена Їжакевич", "ሰላም ተስፋይ"]
    assert is_a4(pdf)
    assert set(tagged_languages(pdf)) == {"en", "nl"}


def test_who_has_none_yet_is_told_on_the_page(trainer, cohort, amina, bram):
    cohort.learners.add(UserFactory(name="Yusuf"), UserFactory(username="noname", name=""))
    CredentialFactory(person=amina)

    job = made(bram, cohort)

    assert job.remarks == ["No certificate yet: noname, Yusuf"]
    assert "No certificate yet: noname, Yusuf" in trainer.get(job.get_absolute_url()).content.decode()


def test_a_class_without_any_is_told_so(cohort, amina, bram):
    job = made(bram, cohort)

    assert (job.state, job.reason) == (State.FAILED, "Nobody of this class has a certificate yet.")


def test_only_what_is_valid_is_printed_and_only_of_this_class(cohort, amina, dilan, bram):
    CredentialFactory(person=dilan)
    correct(CredentialFactory(person=amina), name="Amina B")
    revoke(CredentialFactory(person=amina), reason="Mistake")

    assert names(composed(bram, cohort)) == ["Amina B"]
    assert Credential.objects.count() == 4


def test_a_press_leads_to_the_page_of_the_paper(trainer, cohort):
    response = trainer.post(f"/teach/{cohort.pk}/certificates/")

    assert response["Location"] == PrintJob.objects.get().get_absolute_url()
    assert (
        f'action="/teach/{cohort.pk}/certificates/"' in trainer.get(f"/teach/{cohort.pk}/").content.decode()
    )


def test_it_costs_the_same_with_one_learner_and_with_three(cohort, amina, bram):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            composed(bram, cohort)
        return len(asked)

    CredentialFactory(person=amina)
    one = count()
    for person in UserFactory.create_batch(2):
        cohort.learners.add(person)
        CredentialFactory(person=person)

    assert count() == one <= 4


def test_attendance_is_attested_when_it_is_printed(bram, cohort, amina):
    now = timezone.now() - timedelta(days=1)
    session = actions.open_session(cohort, by=bram, now=now)
    actions.tick(session, amina, status=Status.PRESENT, minutes_late=None, by=bram, now=now)
    actions.close_session(session, now=now + timedelta(hours=2))
    CredentialFactory(person=amina)
    elsewhere = CredentialFactory(
        person=amina, kind="attendance", module=None, cohort=CohortFactory(), minutes_attended=5
    )

    job = PrintJobFactory.build(
        owner=bram, kind="certificates", params={"cohort": cohort.pk, "wanted": ["attendance"]}
    )
    [sheet] = kind_of(job).compose(job).context["sheets"]
    assert sheet["credential"].minutes_attended == 120
    assert sheet["credential"] != elsewhere
    job.params["wanted"] = ["achievement", "attendance"]
    assert len(kind_of(job).compose(job).context["sheets"]) == 2


def test_the_button_says_which(trainer, cohort):
    for wanted, kept in (
        (["attendance"], ["attendance"]),
        ([], ["achievement", "attendance"]),
        (["x"], ["achievement", "attendance"]),
    ):
        trainer.post(f"/teach/{cohort.pk}/certificates/", {"wanted": wanted})
        assert PrintJob.objects.latest("asked_at").params["wanted"] == kept
