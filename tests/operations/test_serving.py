"""Wrong values stop the start with one clear line."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import OperationalError

from operations import database
from operations.management.commands import serve


def manage(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "x" * 50, **environment},
    )  # fmt: skip


def test_a_port_in_use_is_one_line_that_names_port():
    first = serve.listen("127.0.0.1", 0)
    port = first.getsockname()[1]

    with first, pytest.raises(SystemExit) as refused:
        serve.listen("127.0.0.1", port)

    assert (
        str(refused.value)
        == f"StepIn cannot start: port {port} is in use; give another, like PORT={port + 1}."
    )


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_no_port_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(SystemExit, match="PORT is"):
        serve.port()


def test_a_database_that_does_not_answer_is_one_line_without_the_password(tmp_path):
    done = manage(
        "serve", DATA_DIR=str(tmp_path), PORT="8999", DATABASE_URL="postgres://olav:geheim@127.0.0.1:1/stepin"
    )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("StepIn cannot start: the database stepin at 127.0.0.1:1 does not answer:")
    assert "geheim" not in done.stderr + done.stdout


def test_a_file_that_is_no_database_is_one_line(tmp_path):
    (tmp_path / "notes.txt").write_text("I am not a database, only a long enough text file. " * 20)

    done = manage(
        "backup", str(tmp_path / "b"), DATA_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path}/notes.txt"
    )

    assert done.returncode == 1
    assert "does not answer: file is not a database" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "error",
    [OSError(28, "No space left on device"), OperationalError("database or disk is full"),
     OperationalError("could not extend file: No space left on device")],
)  # fmt: skip
def test_a_full_disk_is_said_in_plain_words(error):
    with (
        pytest.raises(SystemExit, match="is full"),
        database.full_disk_in_plain_words(),
    ):
        raise error


def test_another_error_of_the_database_keeps_its_story():
    with pytest.raises(OperationalError, match="no such table"), database.full_disk_in_plain_words():
        raise OperationalError("no such table")
