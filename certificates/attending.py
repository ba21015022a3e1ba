"""Attestations of attendance: for everybody of a cohort who came, from what her trainers ticked."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from certificates.enums import Kind
from certificates.issuing import day_of, hurry, issuer_of, languages_of, replace, revoke
from certificates.models import Credential
from classrooms import register
from classrooms.enums import Status
from classrooms.models import Attendance, Session
from courses.models import Module, ModulePage
from learners.models import Cohort
from papers.signs import unprintable, without_unprintable
from people.models import User
from people.names import tidy

# The reason when nobody took it back but the list itself. Rows keep these words, and are known by them.
NO_HOURS_LEFT = gettext_noop("Your trainer corrected the list of who was there. It has no hours for you now.")


@dataclass(slots=True)
class Hours:
    """What one learner attended: minutes, in which sessions, between which days."""

    person: User
    minutes: int = 0
    sessions: list[Session] = field(default_factory=list)

    @property
    def first_day(self) -> date:
        return min(day_of(session.began_at) for session in self.sessions)

    @property
    def last_day(self) -> date:
        return max(day_of(session.began_at) for session in self.sessions)


def hours_attended(cohort: Cohort, *, now: datetime) -> list[Hours]:
    """By name, those who have minutes of a class that is over: who came, and not only when it ended."""
    rows = (
        Attendance.objects.filter(session__cohort=cohort, status__in=(Status.PRESENT, Status.LATE))
        .exclude(person=None)
        .select_related("session", "person")
        .order_by("person__name", "person", "session")
    )
    found: dict[int, Hours] = {}
    for row in rows:
        if row.person is None or row.session.ended_at(now) is None:
            continue
        hers = found.setdefault(row.person.pk, Hours(row.person))
        hers.minutes += max(0, register.minutes_held(row.session, now=now) - (row.minutes_late or 0))
        hers.sessions.append(row.session)
    return [hers for hers in found.values() if hers.minutes]


def minutes_offered(cohort: Cohort, *, now: datetime) -> int:
    """Of all its classes in which attendance was taken and that are over."""
    held = Session.objects.filter(cohort=cohort, attendances__status__gt="").distinct()
    return sum(register.minutes_held(session, now=now) for session in held if session.ended_at(now))


@transaction.atomic
def issue_attendance(cohort: Cohort, *, now: datetime) -> list[Credential]:
    """One each for those who came and have a name that can be printed. What is true already stays the same paper;
    who came again since gets a new one that takes the place of the old. Who turns out not to have come loses hers."""
    cohort = Cohort.objects.select_for_update(no_key=True).select_related("organisation").get(pk=cohort.pk)
    offered = minutes_offered(cohort, now=now)
    issued = []
    attended = hours_attended(cohort, now=now)
    _take_back(cohort, came=[hours.person for hours in attended])
    for hours in attended:
        name = tidy(hours.person.name)
        if name and not unprintable(name):
            issued.append(_issue(cohort, hours, name, offered))
    return issued


def _take_back(cohort: Cohort, *, came: list[User]) -> None:
    """Of who has left StepIn it stays: her ticks are nobody's now."""
    valid = Credential.objects.current().filter(cohort=cohort, kind=Kind.ATTENDANCE, revoked_at=None)
    for credential in valid.exclude(person=None).exclude(person__in=came):
        revoke(credential, reason=NO_HOURS_LEFT)


def _issue(cohort: Cohort, hours: Hours, name: str, offered: int) -> Credential:
    facts: dict[str, Any] = {
        "minutes_planned": offered,
        "minutes_attended": hours.minutes,
        "sessions_attended": len(hours.sessions),
        "started_on": hours.first_day,
        "completed_on": hours.last_day,
    }
    current = (
        Credential.objects.select_for_update()
        .current()
        .filter(person=hours.person, cohort=cohort, kind=Kind.ATTENDANCE)
        .first()
    )
    if current is None:
        help_language, screen_language = languages_of(hours.person)
        credential = Credential.objects.create(
            person=hours.person,
            cohort=cohort,
            kind=Kind.ATTENDANCE,
            name=name,
            help_language=help_language,
            screen_language=screen_language,
            texts=_texts(hours.sessions, {help_language, screen_language}),
            **facts,
            **issuer_of(cohort.organisation),
        )
        hurry(credential)
        return credential
    was_corrected = current.revoked_reason == NO_HOURS_LEFT
    is_same = all(getattr(current, field) == value for field, value in facts.items())
    if not was_corrected and (current.revoked_at or is_same):
        return current
    languages = {current.help_language, current.screen_language}
    return replace(current, **facts, texts=_texts(hours.sessions, languages))


def _texts(sessions: list[Session], languages: set[str]) -> dict[str, dict[str, Any]]:
    """The modules these classes were about; where none was written down, digital skills."""
    modules = Module.objects.filter(pk__in={session.module_id for session in sessions if session.module_id})
    keys = list(modules.values_list("key", flat=True))
    pages: dict[str, list[str]] = {}
    rows = ModulePage.objects.live().filter(translation_key__in=keys).select_related("locale")
    for page in rows.order_by("number"):
        pages.setdefault(page.locale.language_code, []).append(page.title)
    return {language: _text(language, pages, len(keys)) for language in languages}


def _text(language: str, pages: dict[str, list[str]], wanted: int) -> dict[str, Any]:
    if wanted:
        spoken = next(
            (one for one in (language, settings.LANGUAGE_CODE) if len(pages.get(one, [])) == wanted), ""
        )
        if spoken:
            return {"language": spoken, "title": without_unprintable(" · ".join(pages[spoken])), "can_do": []}
    with translation.override(language):
        return {"language": language, "title": _("Digital skills"), "can_do": []}
