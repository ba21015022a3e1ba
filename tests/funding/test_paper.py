"""The questions on an A4, in the learner's language and in the trainer's."""

import pytest
from django.test import Client

from papers import making
from papers.models import PrintJob
from tests.papers.looking import is_a4, pages_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(bram):
    client = Client()
    client.force_login(bram)
    return client


def ask(client, cohort, project, language="ar"):
    return client.post(f"/teach/{cohort.pk}/funding/", {"project": project.pk, "language": language})


def test_her_trainer_prints_the_four_questions_on_one_page(trainer, cohort, project):
    answer = ask(trainer, cohort, project, "fr")
    job = PrintJob.objects.get()
    making.make(job.pk)
    job.refresh_from_db()
    content = job.file.read()

    assert answer.url == job.get_absolute_url()
    assert (pages_of(content), is_a4(content)) == (1, True)
    assert "ESF+ Flanders" in text_of(content)


def test_nobody_prints_for_a_cohort_that_is_not_asked_or_not_hers(trainer, client, cohort, project, dilan):
    project.cohorts.clear()
    assert ask(trainer, cohort, project).status_code == 404
    project.cohorts.add(cohort)
    assert ask(trainer, cohort, project, "klingon").status_code == 404
    client.force_login(dilan)
    assert ask(client, cohort, project).status_code == 404
    assert not PrintJob.objects.exists()


def test_the_paper_is_gone_when_the_questions_are_switched_off(trainer, cohort, project):
    page = ask(trainer, cohort, project)
    assert trainer.get(page.url).status_code == 200

    project.is_on = False
    project.save()

    assert trainer.get(page.url).status_code == 404
