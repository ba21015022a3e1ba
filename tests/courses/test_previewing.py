"""An editor sees each step as a learner will, before anything is saved."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from courses.models import Lesson, LessonPage
from people.models import User
from tests.courses.desk import draft, mode_of, save, steps_form
from tests.factories.courses import home_page, instruction, lesson_page
from tests.factories.learners import finish_lesson


def test_every_step_has_its_preview_in_every_screen_language(page):
    assert [str(label) for _mode, label in page.preview_modes] == [
        "The lesson",
        "1. Click “Send”.", "2. Which one is right?", "3. Now do it for real.",
        "Nederlands: 1. Click “Send”.", "Nederlands: 2. Which one is right?", "Nederlands: 3. Now do it for real.",
        "Deutsch: 1. Click “Send”.", "Deutsch: 2. Which one is right?", "Deutsch: 3. Now do it for real.",
    ]  # fmt: skip


def test_a_preview_shows_what_is_in_the_form_and_not_what_is_published(at_desk, page):
    blocks = page.body.get_prep_value()
    blocks[0]["value"]["title"] = "Press “Send” gently."

    answer = draft(at_desk, page, mode_of(page, 1), body=steps_form(blocks))

    assert "<h1" in answer.content.decode()
    assert "Press “Send” gently." in answer.content.decode()
    assert "Press “Send” gently." not in at_desk.get(f"{page.get_url()}1/").content.decode()


def learners_own(answer) -> list[str]:
    """Names of the templates, without those that say whose work it is: a preview is nobody's."""
    return [template.name for template in answer.templates if not template.name.startswith("people/")]


def test_a_preview_is_made_of_the_learners_own_templates(at_desk, page):
    at_desk.cookies["stepin_screen"] = "fr"
    public = at_desk.get(f"{page.get_url()}2/")
    shown = draft(at_desk, page, mode_of(page, 2))

    main = re.compile(r"<main.*</main>", re.S)
    changing = re.compile(r'(name="(id|csrfmiddlewaretoken|shown_at)" value=")[^"]*')
    assert learners_own(shown) == learners_own(public)
    assert changing.sub(r"\1", main.search(shown.content.decode())[0]) == changing.sub(
        r"\1", main.search(public.content.decode())[0]
    )


@pytest.mark.parametrize(("screen", "word"), [("", "Envoyer"), ("nl", "Verzenden"), ("de", "Senden")])
def test_a_preview_draws_the_screens_of_the_language_asked_for(at_desk, db, screen, word):
    page = lesson_page(
        steps=[instruction(picture={"drawing": "mail-click-send", "photo": None, "alt": "Send."})]
    )

    assert word in draft(at_desk, page, mode_of(page, 1, screen)).content.decode()


def test_a_step_that_is_gone_shows_the_lesson(at_desk, page):
    answer = draft(at_desk, page, str(uuid4()))

    assert (answer.status_code, "courses/lesson.html" in [t.name for t in answer.templates]) == (200, True)


def test_a_step_never_saved_can_be_seen(at_desk, page):
    new = instruction("Wait a moment.")

    answer = draft(at_desk, page, new["id"], body=steps_form([*page.body.get_prep_value(), new]))

    assert "Wait a moment." in answer.content.decode()


def test_a_lesson_that_lacks_words_and_a_right_answer_can_be_seen_and_saved_but_not_published(at_desk, page):
    blocks = page.body.get_prep_value()
    blocks[0]["value"]["picture"]["alt"] = ""
    for answer in blocks[1]["value"]["answers"]:
        answer["value"]["correct"] = False

    assert draft(at_desk, page, body=steps_form(blocks)).status_code == 200
    assert save(at_desk, page, blocks).status_code == 302
    refused = save(at_desk, page, blocks, publish=True)
    assert "Say in words what the picture shows." in refused.content.decode()
    assert "Mark exactly one answer as the right one." in refused.content.decode()


def test_a_lesson_never_published_can_be_seen(at_desk, page):
    new = LessonPage(title="New", slug="new", summary="New.", body=[instruction("First of all.")])
    page.get_parent().add_child(instance=new)
    new.live = False
    new.save()
    Lesson.objects.filter(key=new.translation_key).delete()

    shown = [at_desk.get(reverse("wagtailadmin_pages:view_draft", args=[new.pk]), {"mode": mode})
             for mode, _label in [("", ""), *new.preview_modes]]  # fmt: skip

    assert [(answer.status_code, "First of all." in answer.content.decode()) for answer in shown] == [
        (200, True)
    ] * 4


def test_a_page_being_made_shows_that_it_has_no_steps(at_desk, page):
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=["courses", "lessonpage", page.get_parent().pk]
    )
    data = {"title": "New", "slug": "", "summary": "", "minutes": 50, "body": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}}  # fmt: skip
    at_desk.post(address, nested_form_data(data))

    assert "This lesson has no steps yet." in at_desk.get(address, {"mode": ""}).content.decode()


def test_home_and_module_can_be_seen(at_desk, page):
    for shown in (page.get_parent(), home_page()):
        answer = at_desk.get(reverse("wagtailadmin_pages:view_draft", args=[shown.pk]))

        assert (answer.status_code, "E-mail" in answer.content.decode()) == (200, True)


def test_a_module_never_published_can_be_seen(at_desk, page):
    new = page.get_parent().specific.copy(update_attrs={"title": "Copied", "slug": "copied"}, keep_live=False)

    answer = at_desk.get(reverse("wagtailadmin_pages:view_draft", args=[new.pk]))

    assert (answer.status_code, "Copied" in answer.content.decode()) == (200, True)


def test_looking_at_a_preview_never_makes_the_editor_a_learner(at_desk, edith, page):
    lesson = Lesson.objects.get(key=page.translation_key)
    finish_lesson(edith, lesson)

    answer = draft(at_desk, page, mode_of(page, 1))

    assert "form-action 'none'" in answer.headers["Content-Security-Policy"]
    assert "stone--done" not in answer.content.decode()
    assert User.objects.filter(is_guest=True).count() == 0


def test_a_preview_leaves_the_editor_signed_in_and_her_form_alive(edith, page):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(edith)
    form = strict.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]

    strict.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert save(strict, page, page.body.get_prep_value(), csrfmiddlewaretoken=token).status_code == 302


def test_a_stranger_sees_no_preview(client, dilan, page):
    client.force_login(dilan)

    for address in (
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        reverse("courses_admin:missing"),
        reverse("courses_admin:drawings"),
        reverse("courses_admin:drawing_list"),
    ):
        assert client.get(address).status_code in {302, 403}
        client.logout()
        assert client.get(address).status_code == 302
        client.force_login(dilan)


@pytest.mark.parametrize("kind", ["instruction", "question", "real"])
def test_each_kind_of_step_is_shown_in_our_look_before_it_is_chosen(at_desk, kind):
    block = LessonPage.body.field.stream_block.child_blocks[kind]

    answer = at_desk.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    words = answer.content.decode()
    assert block.meta.preview_value["title"] in words
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="picture"' in words
    assert "css/stepin.css" in words


def test_a_translation_has_the_same_previews(at_desk, page):
    french = Locale.objects.create(language_code="fr")
    home_page().copy_for_translation(french).save_revision().publish()
    source = TranslationSource.update_or_create_from_instance(page)[0]
    translation = Translation.objects.create(source=source, target_locale=french)
    translation.save_target(publish=False)

    for mode, label in page.get_translation(french).preview_modes:
        address = reverse(
            "wagtail_localize:preview_translation", args=[translation.pk, *([mode] if mode else [])]
        )
        answer = at_desk.get(address)

        assert (str(label), answer.status_code) == (str(label), 200)
        assert '<html lang="fr"' in answer.content.decode()
