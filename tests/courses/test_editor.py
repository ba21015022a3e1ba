"""Edith's house: she sees what is lacking, chooses by looking, translates, and takes nothing away from learners."""

import json
import re
from uuid import UUID

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from courses.models import Lesson, LessonPage, Step
from learners.models import Attempt, Enrolment, StepCompletion
from tests.courses.desk import save
from tests.factories.courses import home_page, instruction, lesson_page, page_of, question, real, republish
from tests.factories.learners import finish_lesson

# Writing ────────────────────────────────────────────────────────────────────


def test_an_edit_in_the_form_keeps_every_step_its_identity(at_desk, page):
    before = [child.id for child in page.body]
    blocks = page.body.get_prep_value()
    blocks[0]["value"]["title"] = "Press “Send”."

    assert save(at_desk, page, [blocks[2], blocks[0], blocks[1]], publish=True).status_code == 302

    after = list(
        Step.objects.live().filter(lesson__key=page.translation_key).values_list("block_id", "title")
    )
    assert after == [
        (UUID(before[2]), "Now do it for real."), (UUID(before[0]), "Press “Send”."),
        (UUID(before[1]), "Which one is right?"),
    ]  # fmt: skip


def test_the_form_says_what_the_lesson_lacks(at_desk, page):
    steps = page.body.get_prep_value()
    steps[0]["value"]["picture"]["drawing"] = "lost"
    page = republish(page, steps)

    words = at_desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "This drawing no longer exists. Choose another." in words
    assert f'href="#block-{steps[0]["id"]}-section"' in words


def test_a_complete_lesson_is_told_so(at_desk, page):
    assert (
        "Nothing. Thank you!"
        in at_desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )


def test_the_list_to_mend_and_the_first_page_name_the_lesson(at_desk, page):
    republish(page, [instruction(), question()])

    for address in (reverse("courses_admin:missing_part", args=["lessons"]), reverse("wagtailadmin_home")):
        assert "Write an e-mail" in at_desk.get(address).content.decode()


def test_hints_are_shown_on_demand(at_desk, page):
    republish(page, [instruction(text=" ".join(["word"] * 13)), question(), real()])
    module_page_of = page.get_parent().specific
    module_page_of.picture, module_page_of.alt = "welcome", "A hand."
    module_page_of.save_revision().publish()

    address = reverse("courses_admin:missing_part", args=["lessons"])
    assert "Write an e-mail" not in at_desk.get(address).content.decode()
    assert "This sentence has 13 words." in at_desk.get(address, {"hints": "yes"}).content.decode()


def test_drawings_are_found_by_name_and_shown_in_the_screen_language_asked_for(at_desk):
    words = at_desk.get(
        reverse("courses_admin:drawings"), {"q": "Click Send", "screen": "nl"}
    ).content.decode()

    assert re.findall(r'data-drawing="([^"]+)"', words) == [
        name for name in re.findall(r'data-drawing="([^"]+)"', words) if "click" in name and "send" in name
    ]
    assert 'data-drawing="mail-click-send"' in words
    assert "Verzenden" in words


def test_a_search_that_finds_nothing_says_so(at_desk):
    words = at_desk.get(reverse("courses_admin:drawings"), {"q": "<script>", "screen": "xx"}).content.decode()

    assert "No drawing has this name." in words
    assert "&lt;script&gt;" in words


# The house ──────────────────────────────────────────────────────────────────


def menu(client) -> list[str]:
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    props = re.search(
        r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', page, re.S
    )[1]
    items = next(m for m in json.loads(props)["modules"] if m["_type"].endswith("MainMenuModule"))["_args"][0]
    return [item["_args"][0]["name"] for item in items]


def test_an_editor_finds_what_she_needs_in_order(at_desk):
    assert menu(at_desk) == [
        "explorer",
        "missing",
        "glossary",
        "notes",
        "stuck",
        "translations",
        "drawings",
        "images",
    ]


def test_an_administrator_finds_the_settings_too(client, olav):
    client.force_login(olav)

    names = menu(client)
    assert names[:8] == [
        "explorer",
        "missing",
        "glossary",
        "notes",
        "stuck",
        "translations",
        "drawings",
        "images",
    ]
    assert names[-2:] == ["reports", "settings"]


def test_the_house_carries_our_name_and_mark(at_desk, edith):
    words = at_desk.get(reverse("wagtailadmin_home")).content.decode()

    assert "Welcome, Edith." in words
    assert "- StepIn</title>" in words
    assert words.count("img/mark.svg") == 2
    assert "wagtailadmin/images/favicon.ico" not in words
    assert "Documents" not in words


def test_the_house_repeats_the_tokens_of_the_site(settings):
    def tokens(css: str) -> list[dict[str, str]]:
        blocks = re.findall(r"--ground:.*?\}", css, re.S)
        return [dict(re.findall(r"--([a-z-]+):\s*(#\w+);", block)) for block in blocks]

    # Light and dark; the sets with more contrast come after them, and only where a reader asks.
    site = tokens((settings.BASE_DIR / "static/css/stepin.css").read_text())[:2]
    house = tokens((settings.BASE_DIR / "static/css/admin.css").read_text())
    ours = [{name: value for name, value in block.items() if not name.startswith("w-")} for block in house]

    assert len(site) == 2
    assert [
        {name: theirs[name] for name in mine} for theirs, mine in zip([*site, site[1]], ours, strict=True)
    ] == ours


def test_the_live_address_of_a_page_opens(client, page, settings):
    home, module = home_page(), page.get_parent().specific

    addresses = [home.get_url(), module.get_url(), page.get_url()]

    assert addresses == ["/en/", f"/en/{module.slug}/", f"/en/{module.slug}/{page.slug}/"]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
    assert page.full_url == f"{settings.WAGTAILADMIN_BASE_URL}{addresses[2]}"


def test_the_live_address_of_a_translation_is_in_its_language(client, page):
    french = Locale.objects.create(language_code="fr")
    for source in (home_page(), page.get_parent().specific, page):
        source.copy_for_translation(french).save_revision().publish()
    translated = page.get_translation(french)

    assert translated.get_url() == page.get_url().replace("/en/", "/fr/")
    assert client.get(translated.get_url()).status_code == 200


def test_the_listing_links_to_the_live_pages(at_desk, page):
    words = at_desk.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()

    assert page.get_url() in words


def test_learners_see_nothing_of_the_house(at_desk, page):
    words = at_desk.get(f"{page.get_url()}1/").content.decode()

    assert "wagtail" not in words.lower()


# Taking away ────────────────────────────────────────────────────────────────


def facts():
    return [model.objects.count() for model in (Enrolment, Attempt, StepCompletion)]


@pytest.mark.parametrize("which", ["lesson", "module"])
def test_a_page_people_have_learned_from_cannot_be_deleted(client, olav, amina, lesson, which):
    """Not even by an administrator; Wagtail itself keeps editors from pages that have pages below them."""
    client.force_login(olav)
    finish_lesson(amina, lesson)
    page = page_of(lesson) if which == "lesson" else page_of(lesson).get_parent()
    before = facts()

    for _twice in range(2):
        answer = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)

        assert "1 person has learned here. Unpublish it instead" in answer.content.decode()
    assert Page.objects.filter(pk=page.pk).exists()
    assert facts() == before


def test_one_page_in_use_keeps_a_whole_selection(at_desk, amina, lesson):
    finish_lesson(amina, lesson)
    page, other = page_of(lesson), lesson_page()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    answer = at_desk.post(f"{address}?id={page.pk}&id={other.pk}", follow=True)

    assert "1 person has learned here." in answer.content.decode()
    assert Page.objects.filter(pk__in=[page.pk, other.pk]).count() == 2


def test_a_page_nobody_has_learned_from_can_be_deleted(at_desk, amina, lesson):
    finish_lesson(amina, lesson)
    other = lesson_page()

    answer = at_desk.post(reverse("wagtailadmin_pages:delete", args=[other.pk]))

    assert answer.status_code == 302
    assert not Page.objects.filter(pk=other.pk).exists()


def test_unpublishing_what_people_learn_loses_nothing_and_publishing_brings_it_back(at_desk, amina, lesson):
    finish_lesson(amina, lesson)
    before, page = facts(), page_of(lesson)

    at_desk.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert Lesson.objects.live().count() == 0
    assert facts() == before

    save(at_desk, page, page.body.get_prep_value(), publish=True)
    assert list(Lesson.objects.live()) == [lesson]
    assert facts() == before


# Translating ────────────────────────────────────────────────────────────────


def test_an_editor_translates_changes_syncs_and_translates_again(
    at_desk, page, django_capture_on_commit_callbacks
):
    """The whole way through the editor's own pages; a learner reads in French all the while."""

    def post(name, *arguments, **data):
        with django_capture_on_commit_callbacks(execute=True):
            answer = at_desk.post(reverse(name, args=arguments), data)
        assert answer.status_code == 302, answer.content.decode()[:2000]

    def put(translation, text, french_text):
        segments = StringSegment.objects.filter(source=translation.source, string__data=text)
        address = reverse(
            "wagtail_localize:edit_string_translation", args=[translation.pk, segments.get().pk]
        )
        answer = at_desk.put(
            address, f"value={french_text}", content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in {200, 201}

    def publish(translated):
        post("wagtailadmin_pages:edit", translated.pk, action="publish")

    french = Locale.objects.create(language_code="fr")
    post("wagtail_localize:submit_page_translation", home_page().pk, locales=french.pk, include_subtree="on")
    translation = Translation.objects.get(source__object_id=page.translation_key)
    ids = [child.id for child in page.body]

    put(translation, "Click “Send”.", "Cliquez sur « Envoyer ».")
    for translated in Page.objects.filter(locale=french).order_by("path"):
        publish(translated)
    step = page.get_url().replace("/en/", "/fr/") + "1/"
    assert "Cliquez sur « Envoyer »." in at_desk.get(step).content.decode()

    blocks = page.body.get_prep_value()
    blocks[0]["value"]["title"] = "Press “Send”."
    save(at_desk, page, blocks, publish=True)
    assert "Cliquez sur « Envoyer »." in at_desk.get(step).content.decode()

    source = TranslationSource.objects.get(object_id=page.translation_key)
    segments = StringSegment.objects.filter(source=source)
    post("wagtail_localize:update_translations", source.pk, publish_translations="on")
    waiting = [s.string.data for s in segments.annotate_translation(french) if s.translation is None]
    assert "Press “Send”." in waiting
    assert "Press “Send”." in at_desk.get(step).content.decode()

    put(translation, "Press “Send”.", "Appuyez sur « Envoyer ».")
    translated = page.get_translation(french)
    publish(translated)
    assert "Appuyez sur « Envoyer »." in at_desk.get(step).content.decode()
    assert [child.id for child in LessonPage.objects.get(pk=translated.pk).body] == ids
