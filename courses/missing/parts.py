"""The parts of “What is missing”, and how much each of them has: what an editor sees first."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses import links, readability
from courses.completeness import pages_to_mend
from courses.fact_checks import due_checks
from courses.missing.pictures import picture_lacks
from courses.missing.sound import sound
from courses.missing.translations import coverage
from courses.models import OutsideLink


class Part(TextChoices):
    LESSONS = "lessons", gettext_lazy("Lessons to mend")
    TRANSLATIONS = "translations", gettext_lazy("Translations")
    SOUND = "sound", gettext_lazy("Voices")
    PICTURES = "pictures", gettext_lazy("Pictures")
    FACTS = "facts", gettext_lazy("Facts to check")
    SENTENCES = "sentences", gettext_lazy("Hard sentences")
    LINKS = "links", gettext_lazy("Broken links")


@dataclass(frozen=True, slots=True)
class Summary:
    """`count` things of this part wait for somebody; `sentence` says which."""

    part: Part
    count: int
    sentence: str


def summaries() -> list[Summary]:
    """One a part, in their order; the same queries however many lessons there are."""
    return [Summary(part, *_COUNTS[part]()) for part in Part]


def broken_link_count() -> int:
    """Places where a link leads nowhere: each must be mended, also where the same address stands in ten languages."""
    return len(links.broken_links()) + OutsideLink.objects.broken().count()


def _lessons() -> tuple[int, str]:
    count = sum(bool(page.must_count) for page in pages_to_mend())
    return count, ngettext("%(n)d page lacks something.", "%(n)d pages lack something.", count) % {"n": count}


def _translations() -> tuple[int, str]:
    count = coverage().incomplete
    return count, ngettext(
        "%(n)d translation of a page is not complete.",
        "%(n)d translations of pages are not complete.",
        count,
    ) % {"n": count}


def _sound() -> tuple[int, str]:
    total = sound().total
    without = ngettext("%(n)d text has no voice.", "%(n)d texts have no voice.", total.missing)
    said = without % {"n": total.missing}
    if total.stale:
        older = ngettext(
            "%(n)d recording is older than its text.",
            "%(n)d recordings are older than their text.",
            total.stale,
        )
        said += " " + older % {"n": total.stale}
    return total.missing + total.stale, said


def _pictures() -> tuple[int, str]:
    count = len(list(picture_lacks(pages_to_mend())))
    return count, ngettext(
        "%(n)d picture, or the text instead of it, is missing.",
        "%(n)d pictures, or the texts instead of them, are missing.",
        count,
    ) % {"n": count}


def _facts() -> tuple[int, str]:
    checks = due_checks()
    past = sum(check.is_overdue for check in checks)
    soon = len(checks) - past
    said = ngettext("%(n)d lesson must be checked now.", "%(n)d lessons must be checked now.", past) % {
        "n": past
    }
    if soon:
        later = ngettext("%(n)d more within 60 days.", "%(n)d more within 60 days.", soon)
        said += " " + later % {"n": soon}
    return len(checks), said


def _sentences() -> tuple[int, str]:
    count = len(readability.hardest(readability.lesson_readings()))
    return count, ngettext(
        "%(n)d sentence has too many words.", "%(n)d sentences have too many words.", count
    ) % {"n": count}


def _links() -> tuple[int, str]:
    count = broken_link_count()
    if not count:
        return 0, _("No broken link is known.")
    return count, ngettext("%(n)d link leads nowhere.", "%(n)d links lead nowhere.", count) % {"n": count}


_COUNTS: dict[Part, Callable[[], tuple[int, str]]] = {
    Part.LESSONS: _lessons,
    Part.TRANSLATIONS: _translations,
    Part.SOUND: _sound,
    Part.PICTURES: _pictures,
    Part.FACTS: _facts,
    Part.SENTENCES: _sentences,
    Part.LINKS: _links,
}
