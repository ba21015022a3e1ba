"""The editor's house: what stands in it, in which order, and what it keeps her from."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses import admin_views
from courses.missing import views
from courses.missing.panel import MissingPanel
from courses.models import Term
from courses.signals import page_in_use

# Nobody here writes documents, workflows or snippets; the help items lead to other people's sites.
NOT_FOR_US = {"documents", "help", "snippets"}
FOR_ADMINISTRATORS = {"reports", "settings"}
SETTINGS_NOT_FOR_US = {"workflows", "workflow-tasks", "redirects"}


@hooks.register("register_admin_urls")
def our_pages() -> list[Any]:
    urls = [
        path("notes/", admin_views.step_notes, name="notes"),
        path("notes/<int:note_id>/", admin_views.step_note, name="note"),
        path("missing/", views.overview, name="missing"),
        path("missing/<slug:name>/", views.part, name="missing_part"),
        path("missing/<slug:name>.csv", views.part_csv, name="missing_csv"),
        path("missing.xlsx", views.workbook, name="missing_xlsx"),
        path("drawings/", admin_views.drawings, name="drawings"),
        path("drawings/list/", admin_views.drawing_list, name="drawing_list"),
    ]
    return [path("", include((urls, "courses_admin")))]


@hooks.register("insert_global_admin_css")
def our_look() -> str:
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("css/pictures.css"),
        static("css/admin.css"),
    )


class GlossaryViewSet(SnippetViewSet):
    model = Term
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 160
    add_to_admin_menu = True
    list_display = ("__str__", "fr", "nl", "de")
    panels = (
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("fr"), FieldPanel("nl"), FieldPanel("de")]),
        FieldPanel("position"),
        InlinePanel("meanings", heading=_("In the languages of learners"), label=_("meaning")),
    )


register_snippet(GlossaryViewSet)


@hooks.register("register_admin_menu_item")
def missing_item() -> MenuItem:
    return MenuItem(
        _("What is missing"), reverse("courses_admin:missing"), name="missing", icon_name="list-ul", order=150
    )


@hooks.register("register_admin_menu_item")
def notes_item() -> MenuItem:
    return MenuItem(
        _("Notes from classes"), reverse("courses_admin:notes"), name="notes", icon_name="comment", order=165
    )


@hooks.register("register_admin_menu_item")
def translations_item() -> MenuItem:
    return MenuItem(
        _("Translations"),
        reverse("wagtail_localize:translations_report"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=200,
    )


@hooks.register("register_admin_menu_item")
def drawings_item() -> MenuItem:
    return MenuItem(
        _("Drawings"), reverse("courses_admin:drawings"), name="drawings", icon_name="view", order=250
    )


@hooks.register("construct_main_menu")
def only_what_is_needed(request: HttpRequest, items: list[MenuItem]) -> None:
    hidden = NOT_FOR_US if request.user.is_superuser else NOT_FOR_US | FOR_ADMINISTRATORS  # type: ignore[union-attr]
    items[:] = [item for item in items if item.name not in hidden]


@hooks.register("construct_settings_menu")
def only_settings_we_use(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in SETTINGS_NOT_FOR_US]


# After the hook that adds them.
@hooks.register("construct_homepage_summary_items", order=100)
def no_documents_in_summary(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if type(item).__module__ != "wagtail.documents.wagtail_hooks"]


@hooks.register("construct_homepage_panels")
def what_is_missing_first(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(MissingPanel())


@hooks.register("before_delete_page")
def keep_pages_in_use(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page])


@hooks.register("before_bulk_action")
def keep_pages_in_use_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [thing for thing in objects if isinstance(thing, Page)]
    return _refuse(request, pages) if action_type == "delete" and pages else None


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """Back to where the pages stand, with the reason for each that is in use; None when all may go."""
    refused = [(page, reason) for page in pages if (reason := reason_to_keep(page))]
    for page, reason in refused:
        unpublish = messages.button(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), _("Unpublish"))
        sentence = f"{page.get_admin_display_title()}: {reason}"
        messages.error(request, sentence, buttons=[unpublish] if page.live else [])
    return redirect("wagtailadmin_explore", refused[0][0].get_parent().pk) if refused else None


def reason_to_keep(page: Page) -> str:
    """What the rooms above say against deleting the page and those below it; empty when nothing."""
    keys: Iterable[UUID] = page.get_descendants(inclusive=True).values_list("translation_key", flat=True)
    answers = page_in_use.send(type(page), keys=set(keys))
    return " ".join(str(reason) for _receiver, reason in answers if reason)
