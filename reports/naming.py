"""What the groups of a dimension are called: all there are, whether anybody is in them or not."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from classrooms.models import Place
from courses import library
from courses.models import Module
from learners.models import Cohort
from reports.enums import By, ClassKind


def groups_of(by: By, organisations: Sequence[int], language: str) -> dict[int, dict[str, str]]:
    """{organisation: {group: its name}}, in the order in which they are read. The group without a name is ""."""
    if by in (By.NOTHING, By.MONTH):
        return {organisation: {} for organisation in organisations}
    if by == By.COHORT:
        return _own(Cohort.objects.order_by("name", "pk"), organisations, {})
    if by == By.PLACE:
        return _own(Place.objects.all(), organisations, {"": _("no place written down")})
    shared = {By.MODULE: _modules, By.LANGUAGE: _languages, By.KIND: _kinds}[by](language)
    return {organisation: dict(shared) for organisation in organisations}


def _own(rows: Any, organisations: Sequence[int], more: dict[str, str]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {organisation: {} for organisation in organisations}
    for row in rows.filter(organisation__in=organisations):
        found[row.organisation_id][str(row.pk)] = str(row)
    return {organisation: {**names, **more} for organisation, names in found.items()}


def _modules(language: str) -> dict[str, str]:
    titles = {entry.row.pk: entry.title for entry in library.modules(language)}
    names = {
        str(module.pk): f"{module.number} {titles.get(module.pk, module.title)}".strip()
        for module in Module.objects.all()
    }
    return {**names, "": _("no module written down")}


def _languages(_language: str) -> dict[str, str]:
    return {**dict(settings.LANGUAGES), "": _("not said")}


def _kinds(_language: str) -> dict[str, str]:
    return {kind.value: str(kind.label) for kind in ClassKind}
