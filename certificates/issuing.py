"""From a finished module to a credential, and what can happen to the credential afterwards."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from certificates import tasks
from certificates.models import Credential, paper_storage
from classrooms.models import Supervision
from courses.models import Module, ModulePage
from learners.models import Enrolment, ModuleCompletion
from papers.signs import Unprintable, unprintable, without_unprintable
from people.models import Organisation, User
from people.names import tidy

COPIED = (
    "kind",
    "module",
    "texts",
    "help_language",
    "screen_language",
    "digcomp",
    "digcomp_version",
    "minutes_planned",
    "minutes_attended",
    "sessions_attended",
    "is_supervised",
    "started_on",
    "completed_on",
    "issuer_name",
    "issuer_number",
    "issuer_place",
)


class Revoked(Exception):
    """A credential that was taken back cannot be corrected."""


@transaction.atomic
def issue(completion: ModuleCompletion) -> Credential | None:
    """The credential of a finished module, made once; None while she has no name that can be printed.

    One that was revoked stays the answer: it is not made again behind the revoker's back.
    """
    if credential := Credential.objects.current().filter(completion=completion).first():
        return credential
    # Locked as a merge locks it, so that her work does not move while we copy it; None: it has moved.
    enrolment = Enrolment.objects.select_for_update(of=["self"]).filter(completion=completion.pk).first()
    if enrolment is None:
        return None
    name = tidy(enrolment.person.name)
    if not name or unprintable(name):
        return None
    credential, is_new = Credential.objects.get_or_create(
        completion=enrolment.completion,
        superseded_by=None,
        defaults={"person": enrolment.person, "name": name, **_copy_of(enrolment.completion)},
    )
    if is_new:
        hurry(credential)
    return credential


def without_credential(person: User | None = None) -> list[ModuleCompletion]:
    """Finished modules of people with a name (or of `person`, named or not) that have no credential yet."""
    completions = ModuleCompletion.objects.filter(
        ~Exists(Credential.objects.current().filter(completion=OuterRef("pk")))
    ).select_related("enrolment__person", "enrolment__module", "enrolment__cohort__organisation")
    if person is None:
        completions = completions.exclude(enrolment__person__name="")
    else:
        completions = completions.filter(enrolment__person=person)
    return list(completions.order_by("pk"))


def issue_missing(person: User | None = None) -> list[Credential]:
    """Issue what no signal has issued: the sweep that guarantees."""
    return [credential for completion in without_credential(person) if (credential := issue(completion))]


def name_and_issue(person: User, name: str) -> list[Credential]:
    """Write her name down and issue what waited for it. Raises Unprintable."""
    if signs := unprintable(name):
        raise Unprintable(signs)
    person.name = name
    person.save(update_fields=["name"])
    return issue_missing(person)


@transaction.atomic
def correct(credential: Credential, *, name: str) -> Credential:
    """A new credential with the right name takes the place of the old one; both codes resolve.

    The same name again changes nothing. Raises Unprintable and Revoked.
    """
    if signs := unprintable(name):
        raise Unprintable(signs)
    current = Credential.objects.select_for_update().get(pk=credential.pk)
    while current.superseded_by_id:
        current = Credential.objects.select_for_update().get(pk=current.superseded_by_id)
    if current.revoked_at:
        raise Revoked(current.code)
    if current.name == name:
        return current
    return replace(current, name=name)


def replace(current: Credential, **changes: Any) -> Credential:
    """A new credential with `changes` takes the place of `current`, which is locked."""
    copied = {field: getattr(current, field) for field in COPIED}
    # Without them at first: at most one current credential may hold what it attests.
    held = {"completion": current.completion, "cohort": current.cohort}
    fresh = Credential.objects.create(person=current.person, **{"name": current.name, **copied, **changes})
    supersede(current, by=fresh)
    for field, value in held.items():
        setattr(fresh, field, value)
    fresh.save(update_fields=list(held))
    hurry(fresh)
    return fresh


def correct_my_name(credential: Credential, *, name: str) -> Credential:
    """As `correct`, and her next certificates get this name too."""
    with transaction.atomic():
        fresh = correct(credential, name=name)
        User.objects.filter(pk=fresh.person_id).update(name=name)
    return fresh


def supersede(credential: Credential, *, by: Credential) -> None:
    """`by` takes its place. Its paper goes: only the newer one may be printed."""
    credential.superseded_by = by
    drop_paper(credential)
    credential.save(update_fields=["superseded_by", "pdf", "rendered_at"])


def drop_paper(credential: Credential) -> None:
    """Forget the file, and delete it once that is committed; saving the row is left to the caller."""
    if path := credential.pdf.name:
        transaction.on_commit(lambda: paper_storage().delete(path), robust=True)
    credential.pdf, credential.rendered_at = "", None


def revoke(credential: Credential, *, reason: str) -> bool:
    """Take it back; the page for checkers says so. False when it had been taken back already."""
    return bool(
        Credential.objects.filter(pk=credential.pk, revoked_at=None).update(
            revoked_at=timezone.now(), revoked_reason=reason
        )
    )


def hurry(credential: Credential) -> None:
    """Ask a worker to print it now. Robust: without a broker the sweep prints it within a minute."""
    # A plain function, for Django names a robust callback when it fails, and a partial has no name.
    transaction.on_commit(lambda: tasks.render.delay(credential.pk), robust=True)


def _copy_of(completion: ModuleCompletion) -> dict[str, Any]:
    enrolment, contents = completion.enrolment, completion.contents
    help_language, screen_language = languages_of(enrolment.person)
    completed_on = day_of(completion.happened_at)
    return {
        "module": enrolment.module,
        "texts": texts_of(enrolment.module, contents, {help_language, screen_language}),
        "help_language": help_language,
        "screen_language": screen_language,
        "digcomp": contents.get("digcomp", []),
        "minutes_planned": contents.get("minutes", 0),
        "is_supervised": is_supervised(enrolment),
        # Work that was merged may have begun on a device whose clock ran ahead.
        "started_on": min(day_of(enrolment.started_at), completed_on),
        "completed_on": completed_on,
        **issuer_of(enrolment.cohort.organisation if enrolment.cohort else None),
    }


def is_supervised(enrolment: Enrolment) -> bool:
    rows = Supervision.objects.standing().filter(person=enrolment.person_id, module=enrolment.module_id)
    return rows.exists()


def languages_of(person: User) -> tuple[str, str]:
    """(help, screen): what she chose; else the site's language, and the first of the screen languages."""
    help_language = person.help_language or settings.LANGUAGE_CODE
    screens = [code for code, _ in settings.SCREEN_LANGUAGES]
    usual = help_language if help_language in screens else screens[0]
    return help_language, person.screen_language or usual


def texts_of(module: Module, contents: dict[str, Any], languages: set[str]) -> dict[str, dict[str, Any]]:
    pages = {
        page.locale.language_code: page
        for page in ModulePage.objects.live().filter(translation_key=module.key).select_related("locale")
    }
    found = {
        code: _text(code, page.title, [str(line.value) for line in page.can_do])
        for code, page in pages.items()
    }
    source = found.get(settings.LANGUAGE_CODE) or next(
        iter(found.values()), _text(settings.LANGUAGE_CODE, contents.get("title") or module.title, [])
    )
    return {language: found.get(language, source) for language in languages}


def _text(language: str, title: str, can_do: list[str]) -> dict[str, Any]:
    # A sign our fonts lack must not keep the paper from her; only in her name would leaving it out be wrong.
    return {
        "language": language,
        "title": without_unprintable(title),
        "can_do": [line for line in map(without_unprintable, can_do) if line],
    }


def issuer_of(organisation: Organisation | None) -> dict[str, str]:
    """The organisation of her cohort, else the one that issues for people who learn alone, else the site."""
    organisation = organisation or Organisation.objects.filter(is_default_issuer=True).first()
    if organisation is None:
        return {"issuer_name": settings.WAGTAIL_SITE_NAME}
    return {
        "issuer_name": without_unprintable(organisation.name),
        "issuer_number": without_unprintable(organisation.enterprise_number),
        "issuer_place": without_unprintable(organisation.place),
    }


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment, timezone.get_default_timezone()).date()
