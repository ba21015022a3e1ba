"""Every word of the site in every language: nothing missing, nothing doubtful, nothing left of older versions."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po"))
NAMED = re.compile(r"%\((\w+)\)[sd]")
UNNAMED = re.compile(r"%[sd]")
TAGS = re.compile(r"</?\w+[^>]*>")
# As the GNU gettext manual gives them, section 12.6.
FORMS = {"ar": 6, "de": 2, "en": 2, "fa": 2, "fr": 2, "nl": 2, "ps": 2, "ti": 2, "tr": 2, "uk": 3}
STAFF_LANGUAGES = {code for code, _ in settings.STAFF_LANGUAGES}
# What only trainers, coordinators, editors and administrators read: it need not be said in every language.
FOR_STAFF = re.compile(
    r"(papers|reports)/(\w+/)*\w+\.py|templates/(papers|reports)/.*\.html|templates/reminders/scheduled_report/.*"
    r"|(courses|people|learners|reminders|certificates)/(models|enums|wagtail_hooks|blocks|widgets|panels)\.py"
    r"|courses/(completeness|admin_views|previewing|missing/\w+)\.py"
    r"|learners/(sound|collecting|card|enlisting|handout|inviting|note|papers|peer)\w*\.py"
    r"|classrooms/(attendance_forms|call_list|calling_forms|calling_views|enums|models|papers|planning|supervising|views|wagtail_hooks)\w*\.py"
    r"|templates/classrooms/(attendance|before_on_cohort|board|bookings|call_(buttons|card|cohorts|list|undo)|calls|last_contact|on_cohort|papers_on_cohort|plan|poster_button|practice|summary|wall|where)\w*\.html"
    r"|certificates/papers\.py|templates/certificates/papers_\w+\.html"
    r"|funding/models\.py|templates/funding/on_cohort\.html"
    r"|templates/classrooms/print/.*"
    r"|templates/(courses/admin|wagtailadmin|wagtailusers)/.*"
    r"|templates/learners/(teach|cohort|calls|cards|collect|handout|helpers|invitations|enlist|notes?|sound|contact|who_leads)\w*(/.*|\.html)"
)
# Never words of ours: libraries, generated files, what only tests and measurements say.
NOT_READ = {".git", ".venv", "var", "tests", "bench", "docs", "requirements", "locale", "node_modules"}


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parts[-3])
def catalogue(request) -> polib.POFile:
    return polib.pofile(str(request.param))


def language_of(catalogue: polib.POFile) -> str:
    return Path(catalogue.fpath).parts[-3]


def entries(catalogue: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in catalogue if not entry.obsolete]


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_language_but_the_source_has_a_catalogue():
    languages = {code for code, _ in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    assert {path.parts[-3] for path in CATALOGUES} >= languages


def test_nothing_is_missing_doubtful_or_left_over(catalogue):
    missing = catalogue.untranslated_entries()
    if language_of(catalogue) not in STAFF_LANGUAGES:
        missing = [entry for entry in missing if not is_for_staff(entry)]
    assert [entry.msgid for entry in missing] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def is_for_staff(entry: polib.POEntry) -> bool:
    return all(FOR_STAFF.fullmatch(place) for place, _line in entry.occurrences)


def test_a_catalogue_says_whether_a_native_speaker_has_read_it(catalogue):
    assert catalogue.metadata["X-Review-Status"]


def test_plural_forms_are_as_many_as_the_language_has(catalogue):
    forms = int(re.match(r"nplurals=(\d+);", catalogue.metadata["Plural-Forms"])[1])
    assert forms == FORMS[language_of(catalogue)]
    assert [
        entry.msgid
        for entry in entries(catalogue)
        if entry.msgid_plural and entry.translated() and sorted(entry.msgstr_plural) != [*range(forms)]
    ] == []


def test_placeholders_and_tags_survive_translation(catalogue):
    broken = []
    for entry in entries(catalogue):
        if not entry.translated():
            continue
        source = entry.msgid_plural or entry.msgid
        for form, text in enumerate(texts(entry)):
            lacks, invents = names_in(source) - names_in(text), names_in(text) - names_in(source)
            # Where a form is about none, one or two only, the word may say the number.
            may_lack = 1 if entry.msgid_plural and form in forms_of_a_word(catalogue) else 0
            if invents or len(lacks) > may_lack:
                broken.append((entry.msgid, text))
            if any(sorted(part.findall(text)) != sorted(part.findall(source)) for part in (UNNAMED, TAGS)):
                broken.append((entry.msgid, text))
    assert broken == []


def names_in(text: str) -> set[str]:
    return set(NAMED.findall(text))


def forms_of_a_word(catalogue: polib.POFile) -> set[int]:
    rule = re.search(r"plural=(.+?);", catalogue.metadata["Plural-Forms"])[1]
    form_of = gettext.c2py(rule)
    return {form_of(count) for count in range(3)} - {form_of(count) for count in range(3, 200)}


def test_no_translation_breaks_into_or_out_of_a_line(catalogue):
    """gettext refuses a text that begins or ends with a line break where the source does not."""
    assert [
        entry.msgid
        for entry in entries(catalogue)
        if entry.translated()
        for text in texts(entry)
        if (text.startswith("\n"), text.endswith("\n"))
        != (entry.msgid.startswith("\n"), entry.msgid.endswith("\n"))
    ] == []


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> set[tuple[str, str, str]]:
    """What the code says today: makemessages on a copy of the tree, from no catalogue at all."""
    if shutil.which("xgettext") is None:
        pytest.fail("xgettext is missing: apt-get install gettext")
    tree = tmp_path_factory.mktemp("tree") / "stepin"
    shutil.copytree(
        settings.BASE_DIR, tree,
        ignore=lambda folder, names: {name for name in names if name in NOT_READ or name == "__pycache__"},
    )  # fmt: skip
    (tree / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", "fr", "--no-obsolete", "--no-location"],
        cwd=tree, check=True, capture_output=True, text=True,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
    )  # fmt: skip
    return {identity(entry) for entry in polib.pofile(str(tree / "locale/fr/LC_MESSAGES/django.po"))}


def identity(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def test_catalogues_hold_exactly_what_the_code_says(catalogue, collected):
    held = {identity(entry) for entry in entries(catalogue)}
    assert sorted(collected - held) == [], "not in the catalogue: run makemessages"
    assert sorted(held - collected) == [], "no longer said by the code: run makemessages"
