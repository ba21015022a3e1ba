"""Words of Belgian forms: found in every script, explained in the reader's language, opened where they stand."""

import re

import pytest

from courses import glossary as glossaries
from courses.glossary import glossary
from courses.models import Term, TermMeaning
from courses.reading import StepText
from courses.saying import Voice, untranslated
from tests.factories.courses import instruction, lesson_with_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_term():
    term = Term.objects.create(key="request", fr="demande", nl="aanvraag", de="Antrag", position=2)
    for language, name, meaning, forms in (
        ("en", "request", "you ask for help", "request; requests"),
        ("ar", "طلب", "أنت تطلب المساعدة", "طلب; طلبك"),
        ("uk", "заява", "ви просите допомоги", "заява; заяву"),
    ):
        TermMeaning.objects.create(term=term, language=language, name=name, meaning=meaning, forms=forms)
    return term


@pytest.fixture
def office():
    term = Term.objects.create(key="cpas", fr="CPAS", nl="OCMW; Sociaal Huis", position=1)
    TermMeaning.objects.create(term=term, language="en", name="CPAS", meaning="an office", forms="CPAS; OCMW")
    return term


def found(language, text):
    return [text[start:end] for start, end, _key in glossary(language).find(text)]


def test_a_term_is_found_in_the_script_of_its_language(request_term):
    assert found("en", "Your Request is here. Requests wait.") == ["Request", "Requests"]
    assert found("ar", "اكتب طلبك هنا.") == ["طلبك"]
    assert found("uk", "Надішліть заяву.") == ["заяву"]


def test_a_sentence_may_begin_with_a_turkish_capital(request_term):
    TermMeaning.objects.create(term=request_term, language="tr", name="istek", meaning="-", forms="istek")

    assert found("tr", "İstek burada, istek orada.") == ["İstek", "istek"]


@pytest.mark.parametrize("text", ["a requested thing", "prerequest", ""])
def test_a_word_inside_another_word_is_none(request_term, text):
    assert found("en", text) == []


def test_a_language_without_a_meaning_marks_nothing_and_explains_in_english(request_term):
    assert found("fr", "Votre demande, your request.") == []
    told = glossary("fr").terms["request"]
    assert (told.meaning, told.language) == ("you ask for help", "en")


def test_terms_come_in_the_order_of_the_list_with_every_belgian_word(request_term, office):
    terms = glossary("en").terms_in(["A request.", "To the CPAS.", "A request."])

    assert [term.key for term in terms] == ["cpas", "request"]
    # No German word is confirmed: none is shown.
    assert terms[0].words == (("fr", "CPAS"), ("nl", "OCMW"), ("nl", "Sociaal Huis"))


def test_a_changed_term_shows_at_once_here_and_within_a_minute_elsewhere(request_term, monkeypatch):
    assert glossary("en").terms["request"].name == "request"
    TermMeaning.objects.filter(language="en").update(name="application")  # as another process does
    assert glossary("en").terms["request"].name == "request"

    monkeypatch.setattr(glossaries, "_SECONDS_KEPT", -1)
    assert glossary("en").terms["request"].name == "application"


def test_a_page_asks_for_the_glossary_once(request_term, office, django_assert_num_queries):
    with django_assert_num_queries(1):
        for _ in range(3):
            glossary("ar").terms_in(["طلب"])


# On the page


def test_a_term_opens_where_it_stands_once(request_term):
    voice = Voice("en", "ar")

    first, second = voice.say("Write a request."), voice.say("Keep the request.")

    assert '<button type="button" class="term" popovertarget="term-request">request</button>' in first
    assert "button" not in second
    assert [term.name for term in voice.terms] == ["طلب"]
    assert voice.beside == []


def test_where_no_button_can_stand_the_term_is_offered_below(request_term):
    voice = Voice("en", "en")

    assert voice.say("A request?", with_terms=False) == "A request?"
    assert [term.key for term in voice.beside] == ["request"]


def test_what_an_editor_writes_is_never_markup(request_term):
    said = Voice("en", "en").say('<b>request</b> & "more"')

    assert "<b>" not in said
    assert said.count("<button") == 1


def test_what_is_not_translated_yet_is_marked_with_its_language():
    source = StepText("1", "instruction", "Click the button.", lines=("Send", "Wait a moment."))
    step = StepText("1", "instruction", "انقر الزر.", lines=("Send", "Wait a moment."))

    left = untranslated(step, source)
    assert left == {"Wait a moment."}  # one word alone may be the same in both
    assert 'lang="en" dir="ltr"' in Voice("ar", "ar", left).say("Wait a moment.")


def test_a_step_shows_its_terms_and_the_words_of_every_screen(client, request_term):
    lesson = lesson_with_steps(steps=[instruction(title="Open it.", text="Write a request.")])

    page = client.get(f"/ar/{lesson.module.slug}/{lesson.slug}/1/").content.decode()

    card = re.search(r'<div class="term-card.*?</div>', page, re.S)[0]
    assert "أنت تطلب المساعدة" in card
    assert all(word in card for word in ("demande", "aanvraag", "Antrag"))


def test_the_words_of_a_module_can_be_printed(client, request_term, office):
    lesson = lesson_with_steps(steps=[instruction(title="Open it.", text="Write a request.")])

    page = client.get(f"/en/{lesson.module.slug}/words/", headers={"Accept-Language": "nl"}).content.decode()

    assert "aanvraag" in page
    assert "OCMW" not in page  # no text of this module says so
    assert client.get("/en/no-such-module/words/").status_code == 404
