import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from operations import actions, health
from operations.models import Heartbeat
from operations.supervisor import STATE_FILE
from operations.tasks import beat_heart
from papers import kinds, making
from papers.exports import Export
from papers.kinds import Kind
from tests.factories.papers import PrintJobFactory


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def everything_is_well(db, folder, settings, monkeypatch):
    (folder / "broker").mkdir()
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(folder / "broker")}
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 1)
    actions.beat("worker")
    actions.beat("beat")


def supervisor_says(folder, name, state, *, started_at=None):
    started_at = started_at or timezone.now() - timedelta(hours=1)
    (folder / STATE_FILE).write_text(
        json.dumps({name: {"state": state, "started_at": started_at.isoformat()}})
    )


def reasons() -> dict[str, str]:
    return {finding.name: finding.why for finding in health.findings() if not finding.is_ok}


def test_a_well_site_is_ready(everything_is_well, client):
    response = client.get("/readyz")

    assert response.status_code == 200
    names = ("database", "broker", "worker", "beat", "fonts", "disk", "certificates", "papers")
    assert response.json() == {"ready": True, "checks": dict.fromkeys(names, "ok")}


def test_a_process_that_the_supervisor_restarts_is_said_at_once(everything_is_well, folder, client):
    supervisor_says(folder, "worker", "restarting")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["worker"] == "restarting"
    assert response.json()["ready"] is False


def test_a_process_started_again_is_not_ready_before_its_first_heartbeat(everything_is_well, folder):
    supervisor_says(folder, "beat", "running", started_at=timezone.now() + timedelta(seconds=1))

    assert reasons() == {"beat": "starting"}


def test_a_worker_without_supervisor_that_fell_silent_is_said_with_the_time(everything_is_well):
    Heartbeat.objects.filter(name="worker").update(beaten_at=timezone.now() - timedelta(minutes=5))

    assert reasons()["worker"].startswith("silent since 20")


def test_a_worker_that_never_started_is_said(everything_is_well):
    Heartbeat.objects.all().delete()

    assert reasons() == {"worker": "never started", "beat": "never started"}


def test_a_disk_nearly_full_is_said_with_numbers(everything_is_well, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 10**18)

    assert "MB free" in reasons()["disk"]


def test_a_broker_folder_that_is_gone_is_said(everything_is_well, settings):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": "/nowhere"}

    assert reasons() == {"broker": "its folder cannot be written to"}


def test_missing_fonts_are_said(everything_is_well, settings, tmp_path):
    settings.BASE_DIR = tmp_path

    assert reasons() == {"fonts": "no font files in static/fonts"}


def test_missing_system_libraries_are_said(everything_is_well, monkeypatch):
    monkeypatch.setattr(health, "missing_libraries", lambda: ["libpango-1.0-0"])

    assert reasons() == {"fonts": "system libraries missing: libpango-1.0-0"}


def test_a_check_that_breaks_is_an_answer_and_not_an_error_page(everything_is_well, monkeypatch, client):
    def broken():
        raise RuntimeError("postgres://user:secret@host")

    monkeypatch.setattr(health, "CHECKS", (broken,))

    response = client.get("/readyz")

    assert response.json() == {"ready": False, "checks": {"broken": "could not be checked"}}


def test_alive_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_nobody_may_post_to_the_health_pages(client, db):
    assert [client.post(url).status_code for url in ("/healthz", "/readyz")] == [405, 405]


def test_the_command_says_the_same_words_and_its_exit_code_too(everything_is_well, folder, capsys):
    call_command("health")
    assert capsys.readouterr().out.splitlines()[:2] == ["database: ok", "broker: ok"]

    supervisor_says(folder, "worker", "restarting")
    with pytest.raises(SystemExit) as ended:
        call_command("health")

    assert ended.value.code == 1
    assert "worker: restarting" in capsys.readouterr().out


def test_the_heart_beats_twice_in_one_row(db):
    beat_heart()
    first = Heartbeat.objects.get()

    beat_heart()

    again = Heartbeat.objects.get()
    assert (again.name, again.pk) == ("worker", first.pk)
    assert again.beaten_at > first.beaten_at


def test_papers_that_nobody_makes_are_said(everything_is_well, client):
    PrintJobFactory(asked_at=timezone.now() - health.PAPER_WAIT - timedelta(seconds=1))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["papers"] == "1 waiting for their PDF longer than 5 minutes"


@pytest.fixture
def rows_kind(monkeypatch):
    """Files so large that a worker makes one at a time."""
    kind = Kind("rows", "Rows", lambda person, params: True, lambda job: None, is_export=True)
    monkeypatch.setitem(kinds._kinds, "rows", kind)


def asked(ago, **fields):
    return PrintJobFactory(asked_at=timezone.now() - ago, **fields)


@pytest.mark.usefixtures("everything_is_well", "rows_kind")
class TestALargeFile:
    long_ago = health.PAPER_WAIT + timedelta(minutes=1)

    def test_that_waits_while_another_is_written_is_no_trouble(self):
        now = timezone.now()
        asked(self.long_ago, kind="rows", claimed_at=now, due_at=now + timedelta(minutes=1))
        asked(self.long_ago, kind="rows")

        assert reasons() == {}

    @pytest.mark.parametrize("goes_well", [True, False])
    def test_that_waits_for_the_sweep_after_another_is_no_trouble(self, folder, goes_well, monkeypatch):
        def compose(job):
            if not goes_well:
                raise ValueError("a mistake of ours")
            return Export("rows.txt", 1, [(1, b"row")])

        monkeypatch.setitem(kinds._kinds, "rows", replace(kinds.named("rows"), compose=compose))
        first = asked(self.long_ago, kind="rows")
        asked(self.long_ago, kind="rows")

        assert making.make(first.pk) is goes_well
        assert reasons() == {}

    def test_that_nobody_makes_is_said(self):
        since = timezone.now() - self.long_ago
        asked(self.long_ago, kind="rows", claimed_at=since, due_at=since, file="a.gz", made_at=since)
        asked(self.long_ago, kind="rows")

        assert reasons() == {"papers": "1 waiting for their PDF longer than 5 minutes"}

    def test_whose_workers_die_one_after_another_is_said(self):
        """Taken up a minute ago, and again two minutes before: each time nothing came of it."""
        now = timezone.now()
        asked(
            self.long_ago,
            kind="rows",
            claimed_at=now - timedelta(minutes=3),
            due_at=now - timedelta(minutes=1),
        )
        asked(self.long_ago, kind="rows")

        assert reasons() == {"papers": "1 waiting for their PDF longer than 5 minutes"}

    def test_excuses_no_paper(self):
        now = timezone.now()
        asked(self.long_ago, kind="rows", claimed_at=now, due_at=now + timedelta(minutes=1))
        asked(self.long_ago)

        assert reasons() == {"papers": "1 waiting for their PDF longer than 5 minutes"}
