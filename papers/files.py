"""Where files lie while they are written: beside those that are whole, under names that nobody asks for."""

import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage

UNFINISHED = "unfinished"


class _Finished(File):
    """Django moves a file that says where it lies, and copies any other."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def write_whole(storage: Storage, path: str, chunks: Iterable[bytes]) -> str:
    """The name under which it is stored: whole, or not at all. The chunks are never together in memory."""
    folder = _unfinished(storage)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    prefix = path.replace("/", "-") + "."
    # What a killed worker left behind is no file.
    for left in folder.glob(f"{prefix}*"):
        left.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=prefix, delete=False) as file:
        part = Path(file.name)
        try:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            storage.delete(path)
            return _save(storage, path, file)
        finally:
            part.unlink(missing_ok=True)


def _save(storage: Storage, path: str, file: IO[bytes]) -> str:
    try:
        return storage.save(path, _Finished(file))
    except OSError:  # from another disk it is copied, and may not fit
        storage.delete(path)
        raise


def clear_left_behind(storage: Storage, *, before: datetime) -> None:
    """Files that nobody has written to since then: their workers were killed, and nobody tried again."""
    for file in [*Path(storage.path("")).glob("*"), *_unfinished(storage).glob("*")]:
        if file.is_file() and file.stat().st_mtime < before.timestamp():
            file.unlink(missing_ok=True)


def _unfinished(storage: Storage) -> Path:
    return Path(storage.path(UNFINISHED))
