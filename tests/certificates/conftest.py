import pytest
from django.utils import timezone

from certificates.models import Credential
from certificates.printing import store_pdf
from tests.factories.certificates import CredentialFactory
from tests.factories.learners import finish_module


@pytest.fixture(autouse=True)
def papers(settings, tmp_path, monkeypatch):
    """The folder of the PDFs, empty for each test."""
    folder = tmp_path / "papers"
    settings.STORAGES = {
        **settings.STORAGES,
        "certificates": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        },
    }
    field = Credential.pdf.field
    monkeypatch.setattr(field, "storage", field._storage_callable())
    return folder


@pytest.fixture
def files(papers):
    """What lies in that folder now."""
    return lambda: sorted(str(path.relative_to(papers)) for path in papers.rglob("*") if path.is_file())


@pytest.fixture
def quick_paper(monkeypatch):
    """A paper without layout, for what is not about its looks."""
    monkeypatch.setattr(
        "certificates.rendering.render", lambda credentials: b"%PDF-1.7 " + credentials[0].name.encode()
    )


@pytest.fixture
def finished(amina, lesson):
    """Amina's completion of a module of one lesson. Its credential was issued at once."""
    return finish_module(amina, lesson.module, at=timezone.now()).completion


@pytest.fixture
def nameless(db, lesson):
    """The completion of somebody who has not told her name."""
    from people.guests import create_guest

    return finish_module(create_guest(help_language="en", screen_language="nl"), lesson.module).completion


@pytest.fixture
def credential(amina):
    return CredentialFactory(person=amina)


@pytest.fixture
def printed(credential, quick_paper):
    store_pdf(credential.pk)
    credential.refresh_from_db()
    return credential
