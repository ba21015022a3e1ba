"""What the owner of a job sees, and that nobody else does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from papers.making import Claim, make
from papers.models import PrintJob


@pytest.fixture
def trainer(client, bram):
    client.force_login(bram)
    return client


@pytest.fixture
def made(job, quick):
    make(job.pk)
    job.refresh_from_db()
    return job


def read(response) -> str:
    return response.content.decode()


def test_a_waiting_job_looks_again_by_itself_with_and_without_a_script(trainer, job):
    page = read(trainer.get(job.get_absolute_url()))

    assert "<h1>List</h1>" in page
    assert "<title>List – StepIn</title>" in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "js/papers.js" in page
    assert "It waits for its turn." in page
    assert ".pdf" not in page


def test_progress_is_said_in_words_and_to_the_bar(trainer, job):
    Claim.take(job.pk)
    PrintJob.objects.filter(pk=job.pk).update(done=3, total=12)

    page = read(trainer.get(job.get_absolute_url()))

    assert 'aria-labelledby="how-far" max="12" value="3"></progress>' in page
    assert '<p id="how-far">Page 3 of 12</p>' in page


def test_the_script_gets_the_living_part_only(trainer, job):
    part = read(trainer.get(f"{job.get_absolute_url()}?live"))

    assert part.startswith('<div class="card stack" data-state="waiting" data-news="We are making')
    assert "<html" not in part


def test_a_ready_paper_is_opened_or_kept_and_the_page_rests(trainer, made):
    page = read(trainer.get(made.get_absolute_url()))
    shown = trainer.get(f"/papers/{made.pk}.pdf")
    kept = trainer.get(f"/papers/{made.pk}.pdf?download")

    assert "http-equiv" not in page
    assert "papers.js" not in page
    assert "Dilan is missing." in page
    assert b"".join(shown) == b"%PDF-1.7 Amina"
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"] == 'inline; filename="list.pdf"'
    assert kept["Content-Disposition"] == 'attachment; filename="list.pdf"'
    assert {"no-store", "private"} <= set(shown["Cache-Control"].split(", "))


def test_a_failed_job_says_why_and_can_be_tried_again(trainer, job):
    PrintJob.objects.filter(pk=job.pk).update(failed_at=timezone.now(), reason="There was no room.")
    page = read(trainer.get(job.get_absolute_url()))
    assert "There was no room." in page
    assert f'action="/papers/{job.pk}/again/"' in page

    assert trainer.post(f"/papers/{job.pk}/again/")["Location"] == job.get_absolute_url()

    assert "It waits for its turn." in read(trainer.get(job.get_absolute_url()))


def test_a_paper_that_is_not_made_yet_leads_to_its_page(trainer, job):
    assert trainer.get(f"/papers/{job.pk}.pdf")["Location"] == job.get_absolute_url()


def test_a_paper_whose_file_is_lost_is_not_there(trainer, made, folder):
    (folder / made.file.name).unlink()

    assert trainer.get(f"/papers/{made.pk}.pdf").status_code == 404
    assert not PrintJob.objects.exists()


@pytest.mark.parametrize("who", ["amina", "dilan", "celia", "olav"])
def test_a_stranger_finds_nothing(client, request, made, who):
    client.force_login(request.getfixturevalue(who))

    for ask in (client.get(made.get_absolute_url()), client.get(f"/papers/{made.pk}.pdf")):
        assert ask.status_code == 404
    assert client.post(f"/papers/{made.pk}/again/").status_code == 404


def test_who_may_no_longer_have_it_finds_nothing(trainer, made):
    PrintJob.objects.filter(pk=made.pk).update(params={"for": "dilan"})

    assert trainer.get(made.get_absolute_url()).status_code == 404
    assert trainer.get(f"/papers/{made.pk}.pdf").status_code == 404


def test_what_cannot_be_known_shows_the_page_alone(trainer, job):
    Claim.take(job.pk)
    PrintJob.objects.filter(pk=job.pk).update(done=3, due_at=timezone.now() + timedelta(minutes=1))

    page = read(trainer.get(job.get_absolute_url()))

    assert 'aria-labelledby="how-far"></progress>' in page
    assert '<p id="how-far">Page 3</p>' in page
