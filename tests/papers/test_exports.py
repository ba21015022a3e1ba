"""Files of rows: streamed, told of, one large one at a time, and nothing left behind."""

import gzip
import os
import tracemalloc
from datetime import timedelta

import pytest
from django.utils import timezone

from papers import actions, kinds, making, tasks
from papers.enums import State
from papers.exports import Export, gzipped
from papers.kinds import Kind
from papers.making import ClaimLost, make
from papers.models import LIFETIME, PrintJob
from tests.factories.papers import PrintJobFactory

pytestmark = pytest.mark.django_db


def rows(number):
    return ((1, f"row {n}\n".encode()) for n in range(number))


@pytest.fixture(autouse=True)
def rows_kind(monkeypatch):
    """As many rows as `params` say."""

    def compose(job):
        return Export("rows.txt.gz", job.params["rows"], gzipped(rows(job.params["rows"])), ["By row."])

    kind = Kind("rows", "Rows", lambda person, params: True, compose, is_export=True)
    monkeypatch.setitem(kinds._kinds, "rows", kind)
    return kind


@pytest.fixture
def export(bram):
    return PrintJobFactory(owner=bram, kind="rows", params={"rows": 5})


def replaced(monkeypatch, compose):
    kind = Kind("rows", "Rows", lambda person, params: True, compose, is_export=True)
    monkeypatch.setitem(kinds._kinds, "rows", kind)


def test_the_file_is_stored_whole_under_the_ending_of_its_name(export, files):
    assert make(export.pk) is True

    export.refresh_from_db()
    assert files() == [f"{export.pk}.gz"]
    assert gzip.decompress(export.file.read()) == b"row 0\nrow 1\nrow 2\nrow 3\nrow 4\n"
    assert (export.state, export.remarks) == (State.READY, ["By row."])


def test_the_same_rows_make_the_same_file():
    once, again = (b"".join(content for _, content in gzipped(rows(100))) for _ in range(2))

    assert once == again


def test_progress_is_told_by_rows_of_all(export, monkeypatch):
    told = []
    monkeypatch.setattr(making.Claim, "tell", lambda self, done, total: told.append((done, total)))

    make(export.pk)

    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5), (5, 5)]


def test_a_file_whose_claim_was_lost_stops_and_leaves_nothing(export, monkeypatch, files):
    def tell(self, done, total):
        if done == 3:
            raise ClaimLost(self.key)

    monkeypatch.setattr(making.Claim, "tell", tell)

    assert make(export.pk) is False
    assert files() == []


def test_an_error_in_the_middle_leaves_nothing_and_is_tried_again(export, monkeypatch, files):
    def compose(job):
        def broken():
            yield 1, b"row 0\n"
            raise ValueError("a mistake of ours")

        return Export("rows.txt", 5, broken())

    replaced(monkeypatch, compose)
    make(export.pk)

    export.refresh_from_db()
    assert files() == []
    assert (export.state, export.failures) == (State.WAITING, 1)


def test_what_a_killed_worker_left_is_removed_by_the_next(export, folder, files):
    (folder / "unfinished").mkdir(parents=True)
    (folder / "unfinished" / f"{export.pk}.gz.killed").write_bytes(b"half")

    make(export.pk)

    assert files() == [f"{export.pk}.gz"]


def test_what_nobody_tried_again_is_swept_away_and_young_files_stay(folder, files):
    (folder / "unfinished").mkdir(parents=True)
    now = timezone.now()
    for path, age in (
        ("unfinished/old", LIFETIME + actions.A_WHILE + timedelta(minutes=1)),
        ("orphan.pdf", LIFETIME + actions.A_WHILE + timedelta(minutes=1)),
        ("unfinished/young", timedelta(hours=1)),
        ("young.pdf", LIFETIME),
    ):
        (folder / path).write_bytes(b"x")
        moment = (now - age).timestamp()
        os.utime(folder / path, (moment, moment))

    tasks.clear_old()

    assert files() == ["young", "young.pdf"]


def test_while_one_is_written_another_waits_and_papers_do_not(bram, params, quick, monkeypatch):
    """Two threads of a worker: never both with large files."""
    first, second = (PrintJobFactory(owner=bram, kind="rows", params={"rows": n}) for n in (1, 2))
    paper = PrintJobFactory(owner=bram, params=params)
    meanwhile = []

    def compose(job):
        if job.pk == first.pk:
            meanwhile.extend([make(second.pk), make(paper.pk)])
        return Export("rows.txt", job.params["rows"], rows(job.params["rows"]))

    replaced(monkeypatch, compose)

    assert make(first.pk) is True
    assert meanwhile == [False, True]
    second.refresh_from_db()
    assert (second.state, second.failures) == (State.WAITING, 0)
    tasks.make_waiting()
    second.refresh_from_db()
    assert second.state == State.READY


def test_the_place_is_free_again_after_an_error(export, monkeypatch):
    def compose(job):
        raise ValueError("a mistake of ours")

    replaced(monkeypatch, compose)
    make(export.pk)

    assert making._one_export_at_a_time.acquire(blocking=False)
    making._one_export_at_a_time.release()


def test_the_sweep_takes_papers_first(bram, params, quick, monkeypatch):
    PrintJobFactory(owner=bram, kind="rows", params={"rows": 1}, due_at=timezone.now() - timedelta(hours=1))
    PrintJobFactory(owner=bram, params=params)
    taken = []
    monkeypatch.setattr(making, "make", lambda key: taken.append(PrintJob.objects.get(pk=key).kind))

    tasks.make_waiting()

    assert taken == ["list", "rows"]


def peak(job) -> int:
    tracemalloc.start()
    try:
        assert make(job.pk) is True
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file(bram, monkeypatch):
    def compose(job):
        return Export(
            "rows.bin", job.params["rows"], ((1, os.urandom(65536)) for _ in range(job.params["rows"]))
        )

    replaced(monkeypatch, compose)
    jobs = [PrintJobFactory(owner=bram, kind="rows", params={"rows": n}) for n in (1, 20, 160)]

    _warm, small, large = map(peak, jobs)

    assert large < 1.3 * small
    assert large < 160 * 65536 / 4


def test_the_page_tells_rows_then_offers_the_file_until_when_it_lasts(client, bram, export):
    client.force_login(bram)
    PrintJob.objects.filter(pk=export.pk).update(
        claimed_at=timezone.now(), due_at=timezone.now() + timedelta(minutes=1), done=1200, total=50000
    )
    page = client.get(export.get_absolute_url()).content.decode()
    assert "1,200 of 50,000" in page
    assert 'max="50000" value="1200"' in page
    assert "We are making your file." in page

    PrintJob.objects.filter(pk=export.pk).update(due_at=timezone.now())
    make(export.pk)
    page = client.get(export.get_absolute_url()).content.decode()
    answer = client.get(f"/papers/{export.pk}.gz", headers={"Accept-Encoding": "gzip"})

    assert "Save the file (" in page
    assert "Then the file is deleted here." in page
    assert answer["Content-Type"] == "application/gzip"
    assert answer["Content-Disposition"] == 'attachment; filename="rows.txt.gz"'
    assert gzip.decompress(b"".join(answer)).startswith(b"row 0")
    assert answer["Content-Length"]


def test_it_lies_under_its_own_ending_only(client, bram, export):
    client.force_login(bram)
    make(export.pk)

    assert client.get(f"/papers/{export.pk}.pdf").status_code == 404


def test_the_link_ends_also_before_the_sweep(client, bram, export):
    client.force_login(bram)
    make(export.pk)
    PrintJob.objects.filter(pk=export.pk).update(ends_at=timezone.now() - timedelta(seconds=1))

    assert client.get(f"/papers/{export.pk}.gz").status_code == 404
    assert client.get(export.get_absolute_url()).status_code == 404
