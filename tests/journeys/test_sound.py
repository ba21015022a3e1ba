"""Everybody can listen: to a recorded voice, else to her telephone's own, and finish a step without reading."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from courses.recordings import languages
from courses.sound_files import inspect
from tests.journeys.conftest import CHROMIUM, FLAGS, PATIENCE, watch
from tests.journeys.learning import (
    EMAIL,
    WRITE_TO_THE_CPAS,
    choose_language,
    go_next,
    step_path,
    stones_done,
    try_answer,
)
from tests.journeys.looks import focus_faults, large_text, layout_faults, small_targets
from tests.journeys.speaking import give_voices, played, spoken
from tests.journeys.test_amina_alone import sign_in

# The one that needs recorded voices most; its texts may not be translated yet.
RARE = languages()[0]
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
INSTRUCTION, QUESTION = 1, 4


@pytest.fixture
def studio(browser, site):
    """Bram's telephone, with a microphone that hears a beep, on the page where step 1 is recorded."""
    faults: list[str] = []
    own = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *MICROPHONE])
    context = own.new_context(
        base_url=site.url, locale="nl", viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    watch(context, site.url, faults)
    page = context.new_page()
    sign_in(page, "bram", site.demo_people()["bram"])
    page.goto(f"/teach/sound/?language={RARE}")
    yield page
    own.close()
    assert not faults, "\n".join(faults)


def open_lesson(page: Page) -> None:
    page.locator("a.lesson", has_text="2.3 ").click()
    page.wait_for_url("**/teach/sound/*/*/")


def listen(page: Page):
    return page.locator("listen-button > button")


def step(number: int, language: str = "nl") -> str:
    return step_path(language, EMAIL, WRITE_TO_THE_CPAS, number)


def test_a_trainer_records_and_a_phone_without_voices_plays_it_with_the_text_hidden(studio, phone, axe):
    open_lesson(studio)
    text = studio.locator("article.voice").first
    axe(studio)
    text.get_by_role("button").first.press("Enter")
    expect(text.get_by_role("timer")).to_have_text("0:02")
    studio.keyboard.press("Enter")  # the focus stands on Stop
    expect(text.locator("voice-recorder audio")).to_be_visible()
    studio.keyboard.press("Enter")  # and on Keep
    expect(text.locator("voice-recorder audio")).to_be_hidden()
    expect(text.locator("audio[src^='/media/recordings/']")).to_be_visible()
    axe(studio)
    file = studio.request.get(text.locator("audio").first.get_attribute("src"))
    sound = inspect(file.body())
    assert (sound.content_type, file.headers["content-type"]) == ("audio/webm", "audio/webm")
    assert 1.5 <= sound.seconds <= 5
    assert 2_000 <= len(file.body()) <= 40_000

    page = phone(language=RARE)
    give_voices(page)
    page.goto(step(INSTRUCTION, RARE))
    expect(listen(page)).to_be_visible()
    assert played(page) == []  # nothing plays by itself
    page.locator("[data-choice=hide]").click()
    assert page.locator("h1").bounding_box()["width"] <= 1
    expect(page.locator(".step__picture")).to_be_visible()
    axe(page)
    listen(page).click()
    expect(listen(page)).to_have_class(re.compile("is-speaking"))
    expect(listen(page)).not_to_have_class(re.compile("is-speaking"))
    ((path, heard),) = played(page)
    assert file.url.endswith(path)
    assert heard == pytest.approx(sound.seconds, abs=0.5)
    go_next(page)
    assert stones_done(page) == 1
    # The next step has no recording, and nothing on this telephone reads it: its text is there.
    expect(page.locator("h1")).to_be_visible()
    expect(listen(page)).to_be_hidden()
    assert page.locator("h1").bounding_box()["width"] > 100

    plain = phone(language=RARE, javascript=False)
    plain.goto(step(INSTRUCTION, RARE))
    expect(plain.locator("audio[controls][preload=none]")).to_be_visible()
    expect(listen(plain)).to_be_hidden()


def test_a_question_is_answered_by_ear(phone, axe):
    page = phone(language="nl")
    give_voices(page, "nl-BE")
    page.goto(step(QUESTION))
    page.locator("[data-choice=hide]").click()
    page.reload()
    expect(page.locator("[data-choice=hide]")).to_be_visible()
    assert page.locator("h1").bounding_box()["width"] <= 1  # the telephone remembers
    axe(page)

    answers = page.locator(".answer").all_inner_texts()
    for button in page.locator(".answers .heard__button").all():
        before = len(spoken(page))
        button.click()
        page.wait_for_function("before => window.spoken.length > before", arg=before)
        expect(button).not_to_have_class(re.compile("is-speaking"))
    assert [said["text"] for said in spoken(page)] == [answer.strip() for answer in answers]
    assert page.locator("input:checked").count() == 0

    while not try_answer(page, 0) and not try_answer(page, 1) and not try_answer(page, 2):
        pytest.fail("no answer is right")
    told = page.locator("#answer .heard__button")
    told.click()
    expect(told).not_to_have_class(re.compile("is-speaking"))
    assert len(spoken(page)) >= 2
    axe(page)
    go_next(page)
    assert stones_done(page) == 1


def test_a_phone_with_a_voice_reads_sentence_by_sentence_and_marks_each_word(phone):
    page = phone(language="nl")
    give_voices(page, "en-GB", "nl-BE")
    page.goto(step(INSTRUCTION))
    texts = page.locator("h1, .step__line").all_inner_texts()
    words = " ".join(texts).split()

    listen(page).click()
    expect(listen(page)).to_have_accessible_name(re.compile("^Stop"))
    page.wait_for_function("count => window.marked.length >= count", arg=len(words))
    expect(listen(page)).not_to_have_class(re.compile("is-speaking"))

    said = spoken(page)
    assert " ".join(one["text"] for one in said) == " ".join(words)
    assert {one["lang"] for one in said} == {"nl-BE"}
    assert len(said) > len(texts)
    assert page.evaluate("window.marked") == words
    assert page.evaluate("CSS.highlights.has('said')") is False


def test_a_browser_that_cannot_mark_words_marks_their_line(phone):
    page = phone(language="nl")
    page.add_init_script("delete window.Highlight")
    give_voices(page, "nl-BE")
    page.goto(step(INSTRUCTION))

    listen(page).click()
    page.wait_for_function("window.marked.length")
    expect(listen(page)).not_to_have_class(re.compile("is-speaking"))

    assert page.evaluate("window.marked[0]") == page.locator("h1").inner_text()
    assert page.locator(".is-said").count() == 0


@pytest.mark.parametrize("voices", [("fr-FR",), ("fr-FR", "nl-BE")])
@pytest.mark.thorough
def test_a_word_of_the_screen_is_spoken_by_a_voice_of_its_language_or_by_none(voices, phone):
    page = phone(language="fr")
    give_voices(page, *voices)
    page.goto(step(INSTRUCTION, "fr"))
    choose_language(page, screens="nl")
    word = page.locator(".word kbd[lang=nl]")
    number = INSTRUCTION
    while not word.count():
        number += 1
        page.goto(step(number, "fr"))

    listen(page).click()
    expect(listen(page)).not_to_have_class(re.compile("is-speaking"))

    said = [(one["lang"], one["text"]) for one in spoken(page) if word.inner_text() in one["text"]]
    assert [one for one in said if one[0] == "nl-BE"] == [("nl-BE", word.inner_text())] * ("nl-BE" in voices)
    assert ("fr-FR", word.inner_text()) not in said


@pytest.mark.parametrize(("own", "remote"), [((), ()), (("en-GB", "xx-XX"), ()), ((), ("nl-NL",))])
@pytest.mark.thorough
def test_without_a_voice_of_the_language_on_the_phone_there_is_no_button(own, remote, phone):
    page = phone(language="nl")
    give_voices(page, *own, remote=remote)
    for path in (step(INSTRUCTION), step(QUESTION), "/nl/", f"/nl/{EMAIL}/"):
        page.goto(path)
        page.wait_for_timeout(300)
        expect(listen(page)).to_be_hidden()
        assert page.locator(".heard__button, .listen-choices:visible").count() == 0


def test_the_step_without_a_voice_stands_on_the_trainers_list(studio):
    expect(studio.locator("a.lesson").first).to_contain_text(re.compile("0 "))
    open_lesson(studio)
    assert studio.locator("article.voice:not(:has(audio[src]))").count() > 10


def test_the_same_button_stops_and_leaving_the_page_is_silence(phone):
    page = phone(language="nl")
    give_voices(page, "nl-BE", pace=1000)
    page.goto(step(INSTRUCTION))
    listen(page).click()
    listen(page).click()
    expect(listen(page)).to_have_accessible_name(re.compile("^(?!Stop)"))
    page.wait_for_timeout(1500)
    assert len(spoken(page)) == 1

    page.locator("[data-choice=slow]").click()
    page.reload()
    listen(page).click()
    expect(listen(page)).to_have_class(re.compile("is-speaking"))
    assert {one["rate"] for one in spoken(page)} == {0.7}
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(listen(page)).not_to_have_class(re.compile("is-speaking"))


def test_every_page_a_learner_reads_has_the_button_at_its_top(phone):
    page = phone(language="nl")
    give_voices(page, "nl-BE")
    page.goto(step(INSTRUCTION))
    go_next(page)
    tops = []
    for path in (
        "/nl/",
        f"/nl/{EMAIL}/",
        f"/nl/{EMAIL}/{WRITE_TO_THE_CPAS}/",
        "/me/",
        step(2),
        step(15),
        step(16),
    ):
        page.goto(path)
        expect(listen(page)).to_be_visible()
        box = listen(page).bounding_box()
        assert box["height"] >= 44, path
        assert box["width"] >= 44, path
        assert box["x"] + box["width"] > 300, path
        tops.append(box["y"])
        listen(page).click()
        expect(listen(page)).not_to_have_class(re.compile("is-speaking"))
        assert len(spoken(page)) >= 2, path
    assert max(tops) < 300


@pytest.mark.thorough
def test_nothing_moves_when_the_voices_are_found(phone):
    page = phone(language="nl")
    give_voices(page, "nl-BE")
    page.add_init_script("""
      window.moved = 0;
      new PerformanceObserver((list) => { for (const one of list.getEntries()) moved += one.value; })
        .observe({type: "layout-shift", buffered: true});""")
    for path in (step(INSTRUCTION), step(QUESTION), "/nl/", f"/nl/{EMAIL}/"):
        page.goto(path)
        expect(listen(page)).to_be_visible()
        page.wait_for_timeout(300)
        assert page.evaluate("window.moved") < 0.01, path


@pytest.mark.parametrize("language", ["ar", "de"])
@pytest.mark.thorough
def test_small_phones_and_large_text_lose_nothing(language, phone, axe):
    page = phone(language=language, width=320, height=568)
    give_voices(page, *(code for code, _name in settings.LANGUAGES))
    faults = []
    for path in (step(INSTRUCTION, language), step(QUESTION, language), f"/{language}/"):
        page.goto(path)
        expect(listen(page)).to_be_visible()
        axe(page)
        faults += layout_faults(page) + small_targets(page)
        large_text(page, True)
        faults += [f"200 %: {fault}" for fault in layout_faults(page)]
        large_text(page, False)
        for _ in range(25):
            page.keyboard.press("Tab")
            faults += focus_faults(page)
    assert not faults, "\n".join(faults)


def test_a_refused_microphone_is_said_in_words_and_a_file_goes_another_way(studio, axe):
    open_lesson(studio)
    studio.context.add_init_script("""navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("no", "NotAllowedError"));""")
    studio.reload()
    text = studio.locator("article.voice").nth(1)
    text.locator("[data-do=record]").click()
    expect(text.locator("[data-problem=refused]")).to_be_visible()
    axe(studio)
    text.locator("details").first.locator("summary").click()
    text.locator("input[type=file]").set_input_files(
        {"name": "x.webm", "mimeType": "audio/webm", "buffer": b"hello"}
    )
    text.locator("details button").first.click()
    expect(text.get_by_role("alert").filter(visible=True)).to_have_count(1)
    axe(studio)


def test_a_recording_that_could_not_be_sent_is_still_there(studio):
    open_lesson(studio)
    text = studio.locator("article.voice").nth(2)
    text.locator("[data-do=record]").click()
    expect(text.get_by_role("timer")).to_have_text("0:01")
    text.locator("[data-do=stop]").click()
    studio.context.set_offline(True)
    text.locator("[data-do=keep]").click()
    expect(text.locator("[data-problem=unsent]")).to_be_visible()
    studio.context.set_offline(False)
    text.locator("[data-do=keep]").click()
    expect(text.locator("audio[src^='/media/recordings/']")).to_be_visible()
