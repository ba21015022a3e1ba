"""Compiles the translations with polib, so that a bare machine needs no gettext."""

from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed


def compile_messages() -> int:
    """How many catalogues were compiled: those whose .mo is missing or older than its .po."""
    stale = [source for source in sources() if is_stale(source)]
    for source in stale:
        target = source.with_suffix(".mo")
        draft = target.with_suffix(".draft")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)
        translation_file_changed(sender=None, file_path=target)  # what was read before is read again
    return len(stale)


def sources() -> list[Path]:
    return sorted(
        path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")
    )


def compiled() -> list[Path]:
    return [target for source in sources() if (target := source.with_suffix(".mo")).exists()]


def is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime
