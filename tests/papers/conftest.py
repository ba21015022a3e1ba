from uuid import uuid4

import pytest

from papers import actions, kinds, rendering
from papers.kinds import Kind, NothingToPrint
from papers.models import PrintJob
from papers.rendering import BASE, Paper, Printed
from tests.factories.papers import PrintJobFactory


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    """Where the PDFs lie, empty for each test."""
    folder = tmp_path / "papers"
    settings.STORAGES = {
        **settings.STORAGES,
        "papers": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        },
    }
    field = PrintJob.file.field
    monkeypatch.setattr(field, "storage", field._storage_callable())
    return folder


@pytest.fixture
def files(folder):
    """What lies there now."""
    return lambda: sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def list_kind(monkeypatch):
    """A list of words for whom `params` name; the secret is forgotten once it is printed."""

    def compose(job):
        if not job.params["words"]:
            raise NothingToPrint("There is nobody in this class.")
        context = {"title": "List", "words": job.params["words"]}
        return Paper("words.html", context, BASE, "en", "list.pdf", pages=1, remarks=["Dilan is missing."])

    kind = Kind(
        "list", "List", lambda person, params: params["for"] == person.username, compose, secrets=("secret",)
    )
    monkeypatch.setitem(kinds._kinds, "list", kind)
    return kind


@pytest.fixture
def quick(monkeypatch):
    """A paper without layout, for what is not about its looks."""

    def render(paper, tell):
        return Printed(b"%PDF-1.7 " + " ".join(paper.context["words"]).encode(), [])

    monkeypatch.setattr(rendering, "render", render)


@pytest.fixture
def params():
    return {"for": "bram", "words": ["Amina"], "secret": "seed"}


@pytest.fixture
def job(bram, params):
    """One that waits for a worker."""
    return PrintJobFactory(owner=bram, params=params)


@pytest.fixture
def ask(bram, params):
    def ask(person=bram, key=None, **more):
        return actions.ask(person, "list", params | more, title="Cohort 1", key=key or uuid4())

    return ask
