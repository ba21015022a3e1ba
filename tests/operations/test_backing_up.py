"""Backup, destroy, restore, same numbers; on SQLite, and on PostgreSQL when DATABASE_URL names one."""

import gzip
import io
import json
import stat
import tarfile
import zlib
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from operations import backing_up, restoring
from operations.backing_up import CannotBackUp, back_up, counts
from operations.restoring import CannotRestore, restore
from operations.supervisor import sole_use_of
from people.models import User
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    """A data folder with people, a certificate, a picture and a key in it."""
    settings.DATA_DIR = tmp_path / "data"
    for name, content in {
        "certificates/ab/AB.pdf": b"%PDF",
        "media/photo.jpg": b"jpg",
        "secret-key": b"k" * 50,
    }.items():
        path = settings.DATA_DIR / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    MembershipFactory(user=UserFactory(name="Amina"))
    UserFactory(name="علاء")
    return settings.DATA_DIR


def destroy(folder):
    User.objects.all().delete()
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()


def test_what_was_destroyed_comes_back_with_the_same_numbers(site, tmp_path):
    before = counts()
    back_up(tmp_path / "backup.tar.gz")
    destroy(site)
    UserFactory(name="somebody who came later")

    manifest, found = restore(tmp_path / "backup.tar.gz", replace=True)

    assert manifest["counts"] == found == before
    assert sorted(User.objects.values_list("name", flat=True)) == ["Amina", "علاء"]
    files = {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert files == {"certificates/ab/AB.pdf": b"%PDF", "media/photo.jpg": b"jpg", "secret-key": b"k" * 50}


def test_restoring_twice_is_restoring_once(site, tmp_path):
    back_up(tmp_path / "backup.tar.gz")

    once = restore(tmp_path / "backup.tar.gz", replace=True)

    assert restore(tmp_path / "backup.tar.gz", replace=True) == once


def test_a_database_with_people_in_it_is_not_overwritten_unasked(site, tmp_path):
    back_up(tmp_path / "backup.tar.gz")
    UserFactory(name="new")

    with pytest.raises(CannotRestore, match="add --replace"):
        restore(tmp_path / "backup.tar.gz", replace=False)

    assert User.objects.filter(name="new").exists()


def test_only_the_operator_can_read_the_backup_and_nothing_half_made_stays(site, tmp_path):
    back_up(tmp_path / "backup.tar.gz")

    assert stat.S_IMODE((tmp_path / "backup.tar.gz").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar.gz", "data"]
    assert not list(site.glob("backup-*"))


def test_a_backup_that_fails_leaves_the_last_one_standing(site, tmp_path, monkeypatch):
    (tmp_path / "backup.tar.gz").write_bytes(b"the last one")

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing_up, "write_archive", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", str(tmp_path / "backup.tar.gz"))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar.gz", "data"]
    assert (tmp_path / "backup.tar.gz").read_bytes() == b"the last one"


def test_a_folder_that_does_not_exist_is_said_in_one_line(tmp_path):
    with pytest.raises(
        CommandError, match=r"^The backup was not made: the folder /.*/nowhere does not exist\.$"
    ):
        call_command("backup", str(tmp_path / "nowhere" / "backup.tar.gz"))


def test_a_running_site_is_not_restored_over(site, tmp_path):
    back_up(tmp_path / "backup.tar.gz")

    with sole_use_of(site), pytest.raises(CommandError, match="Stop it first"):
        call_command("restore", str(tmp_path / "backup.tar.gz"), replace=True)


def test_the_command_prints_the_counts_beside_the_manifest(site, tmp_path, capsys):
    call_command("backup", str(tmp_path / "backup.tar.gz"))
    call_command("restore", str(tmp_path / "backup.tar.gz"), replace=True)

    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["people_user", "2"] in lines
    assert lines[-1][:2] == ["All", str(len(counts()))]


def altered(tmp_path, **changes):
    """The backup with another manifest."""
    with (
        tarfile.open(tmp_path / "backup.tar.gz") as old,
        tarfile.open(tmp_path / "altered.tar.gz", "w:gz") as new,
    ):
        for member in old:
            content = old.extractfile(member).read()
            if member.name == "manifest.json":
                content = json.dumps(json.loads(content) | changes).encode()
                member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return tmp_path / "altered.tar.gz"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": 99}, "format 99 is not known"),
        ({"database": "oracle"}, "holds a oracle database"),
        ({"migrations": [["people", "0999_from_the_future"]]}, "made by a newer StepIn"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused_before_anything_is_touched(site, tmp_path, changes, reason):
    before = counts()
    back_up(tmp_path / "backup.tar.gz")

    with pytest.raises(CannotRestore, match=reason):
        restore(altered(tmp_path, **changes), replace=True)

    assert counts() == before


def test_a_backup_cut_short_is_refused(site, tmp_path):
    back_up(tmp_path / "backup.tar.gz")
    whole = (tmp_path / "backup.tar.gz").read_bytes()
    (tmp_path / "backup.tar.gz").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(CannotRestore, match="is it whole"):
        restore(tmp_path / "backup.tar.gz", replace=True)


def holds_the_same(wrong: bytes, whole: bytes) -> bool:
    """Whether a wrong bit is one of the few that fill up a byte and say nothing (RFC 1951, 3.2.4)."""
    try:
        return gzip.decompress(wrong) == gzip.decompress(whole)
    except (OSError, EOFError, zlib.error):
        return False


def test_a_backup_with_one_wrong_bit_is_refused(site, tmp_path):
    (site / "media" / "photo.jpg").write_bytes(Random(7).randbytes(50_000))
    back_up(tmp_path / "backup.tar.gz")
    whole = (tmp_path / "backup.tar.gz").read_bytes()
    destroy(site)
    before = counts()

    # What stands before the first hundred is about the file, and after it comes what it holds.
    refused = 0
    for place in range(100, len(whole), len(whole) // 40):
        wrong = bytearray(whole)
        wrong[place] ^= 0b100
        if holds_the_same(wrong, whole):
            continue
        (tmp_path / "backup.tar.gz").write_bytes(wrong)
        with pytest.raises(CannotRestore, match="is it whole"):
            restore(tmp_path / "backup.tar.gz", replace=True)
        refused += 1

    assert refused > 30
    assert counts() == before
    assert not [path for path in site.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["notes.txt", "."])
def test_what_is_no_backup_is_said_in_one_line(tmp_path, name):
    (tmp_path / "notes.txt").write_text("no backup")

    with pytest.raises(CommandError, match=r"^Nothing was restored: .* cannot be read, is it whole\?"):
        call_command("restore", str(tmp_path / name))


def test_a_disk_too_full_to_unpack_is_said_in_one_line(site, tmp_path, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    back_up(tmp_path / "backup.tar.gz")
    monkeypatch.setattr(restoring.shutil, "copyfileobj", full)

    with pytest.raises(CommandError, match=r"^Nothing was restored: .* in .*: No space left on device\.$"):
        call_command("restore", str(tmp_path / "backup.tar.gz"), replace=True)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "media/../../evil", "operations/evil.py", "."])
def test_an_archive_from_elsewhere_writes_nothing(site, tmp_path, name):
    with tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())

    with pytest.raises(CannotRestore, match="is not a backup of StepIn"):
        restore(tmp_path / "evil.tar.gz", replace=True)


def test_a_damaged_database_is_refused_and_the_old_one_stays(site, tmp_path, monkeypatch):
    if connection.vendor == "postgresql":
        monkeypatch.setattr(restoring, "call", lambda *options: options and None)
    back_up(tmp_path / "backup.tar.gz")
    before = counts()
    with (
        tarfile.open(tmp_path / "damaged.tar.gz", "w:gz") as new,
        tarfile.open(tmp_path / "backup.tar.gz") as old,
    ):
        for member in old:
            content = old.extractfile(member).read()
            if member.name.startswith("database."):
                content = content[:4096] + b"\0" * (len(content) - 4096)
            new.addfile(member, io.BytesIO(content))

    with pytest.raises((CannotRestore, CannotBackUp)):
        restore(tmp_path / "damaged.tar.gz", replace=True)

    assert counts() == before
