from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Locale

from certificates import tasks
from certificates.issuing import Revoked, correct, issue, issue_missing, name_and_issue, revoke
from certificates.models import Credential
from certificates.printing import store_pdf
from courses.models import ModulePage
from learners.models import ModuleCompletion
from papers.signs import Unprintable
from tests.factories.courses import lesson_page, module_page
from tests.factories.learners import finish_module
from tests.factories.people import OrganisationFactory


def test_finishing_a_module_issues_one_credential(finished):
    assert [credential.completion for credential in Credential.objects.all()] == [finished]


def test_issuing_again_gives_the_same_credential(finished):
    assert issue(finished) == issue(finished) == Credential.objects.get()


def test_the_sweep_issues_what_no_signal_issued(finished):
    Credential.objects.all().delete()

    tasks.issue_missing()
    tasks.issue_missing()

    assert Credential.objects.get().completion == finished


def test_the_database_refuses_a_second_current_credential(finished):
    credential = Credential.objects.get()
    credential.pk, credential.code = None, "ZZZZZZZZZZ"

    with pytest.raises(IntegrityError), transaction.atomic():
        credential.save()


def test_without_a_name_nothing_is_issued_until_she_gives_it(nameless):
    assert not Credential.objects.exists()
    person = nameless.enrolment.person

    name_and_issue(person, "Amina El Amrani")
    name_and_issue(person, "Amina El Amrani")

    assert [credential.name for credential in Credential.objects.all()] == ["Amina El Amrani"]


@pytest.mark.parametrize("name", ["Amina 🌷", "李小龍", "Amina\ue000"])
def test_a_name_we_cannot_print_waits_for_another_spelling(nameless, name):
    person = nameless.enrolment.person
    person.name = name
    person.save()

    assert issue_missing() == []
    with pytest.raises(Unprintable):
        name_and_issue(person, name)


def test_direction_marks_are_left_out_of_the_name(nameless):
    person = nameless.enrolment.person
    person.name = "\u202eعلاء\u200f  الدين\u202c"
    person.save()

    assert [credential.name for credential in issue_missing()] == ["علاء الدين"]


def test_the_copy_keeps_what_was_true_then(organisation, amina):
    page = module_page(title="E-mail")
    lesson_page(page, minutes=50)
    module = page_module(page)
    finish_module(amina, module, at=datetime(2026, 11, 5, 23, 30, tzinfo=UTC))
    page.title = "Something else"
    page.save_revision().publish()
    organisation.name = "Another name"
    organisation.save()

    credential = Credential.objects.get()

    assert credential.texts == {
        language: {"language": "en", "title": "E-mail", "can_do": ["I can send an e-mail."]}
        for language in ("ar", "nl")
    }
    assert (credential.help_language, credential.screen_language) == ("ar", "nl")
    assert (credential.digcomp, credential.digcomp_version, credential.minutes_planned) == (
        ["2.1", "PRE"],
        "2.2",
        50,
    )
    # Half past eleven in the evening in London is the next day in Brussels.
    assert str(credential.started_on) == str(credential.completed_on) == "2026-11-06"
    assert (credential.issuer_name, credential.issuer_place) == ("Wegwijs vzw", "Gent")


def page_module(page):
    from courses.models import Module

    return Module.objects.get(key=page.translation_key)


def test_each_language_has_its_own_words_where_the_module_is_translated(amina):
    page = module_page(title="E-mail")
    lesson_page(page)
    dutch, _ = Locale.objects.get_or_create(language_code="nl")
    page.get_parent().specific.copy_for_translation(dutch).save_revision().publish()
    translated = page.copy_for_translation(dutch)
    translated.title = "E-mailen"
    translated.save_revision().publish()
    assert ModulePage.objects.live().filter(translation_key=page.translation_key).count() == 2

    finish_module(amina, page_module(page))

    texts = Credential.objects.get().texts
    assert {language: (text["language"], text["title"]) for language, text in texts.items()} == {
        "ar": ("en", "E-mail"),
        "nl": ("nl", "E-mailen"),
    }


def test_the_cohorts_organisation_issues(amina, cohort, lesson):
    cohort.organisation = OrganisationFactory(name="Buurthuis De Brug")
    cohort.save()

    finish_module(amina, lesson.module)

    assert Credential.objects.get().issuer_name == "Buurthuis De Brug"


def test_without_any_organisation_the_site_issues(finished):
    assert Credential.objects.get().issuer_name == "StepIn"


def test_a_sign_our_fonts_lack_in_a_title_does_not_keep_the_paper_from_her(amina):
    page = module_page(title="E-mail 📧 → web")
    lesson_page(page)

    finish_module(amina, page_module(page))

    assert Credential.objects.get().texts["nl"]["title"] == "E-mail web"


def test_a_corrected_name_supersedes_and_both_codes_resolve(
    finished, quick_paper, files, django_capture_on_commit_callbacks
):
    old = Credential.objects.get()
    store_pdf(old.pk)

    with django_capture_on_commit_callbacks(execute=True):
        new = correct(old, name="Amina El Amrani")

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.name, old.is_valid, old.superseded_by) == ("Amina", False, new)
    assert (new.name, new.is_valid, new.completion) == ("Amina El Amrani", True, finished)
    assert (new.texts, new.completed_on, new.issuer_name) == (old.texts, old.completed_on, old.issuer_name)
    # The paper with the wrong name is gone, the right one is there.
    assert files() == [f"{new.code[:2]}/{new.code}.pdf"]
    assert issue(finished) == new


def test_correcting_twice_makes_one_new_credential(finished):
    old = Credential.objects.get()

    assert correct(old, name="Amina B") == correct(old, name="Amina B")
    third = correct(old, name="Amina C")

    assert Credential.objects.count() == 3
    assert list(Credential.objects.current()) == [third]


def test_revoking_twice_keeps_the_first_date_and_reason(finished):
    credential = Credential.objects.get()

    assert revoke(credential, reason="Done by somebody else")
    credential.refresh_from_db()
    first = credential.revoked_at
    assert not revoke(credential, reason="Another reason")

    credential.refresh_from_db()
    assert (credential.revoked_at, credential.revoked_reason) == (first, "Done by somebody else")
    assert issue(finished) == credential
    with pytest.raises(Revoked):
        correct(credential, name="Amina B")


def test_every_completion_has_its_own_credential(amina, dilan, lesson):
    for person in (amina, dilan):
        finish_module(person, lesson.module)

    assert Credential.objects.count() == ModuleCompletion.objects.count() == 2
