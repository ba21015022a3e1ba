"""The table of contents (Module, Lesson, Step: what progress and reports point at) and the pages people read.

A page is text in one language and may change or go; a row of the table of contents is an identity and stays.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from courses.blocks import CanDoBlock, InformationBlock, StepsBlock
from courses.enums import StepKind
from courses.fields import StepStreamField
from courses.panels import LacksPanel, PracticePanel
from courses.widgets import DrawingChoice


class TaughtQuerySet(models.QuerySet):
    def live(self) -> Self:
        """What can be learned today; the rest was retired and keeps its progress."""
        return self.filter(retired_at=None)


class Module(models.Model):
    """One row per module, whatever its languages. `key` is the pages' translation_key, `slug` is theirs too."""

    key = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=255)
    number = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=255)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    objects = TaughtQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Lesson(models.Model):
    """One row per lesson. `key` is the pages' translation_key; `digcomp` lists ids of DigComp 2.2, and PRE."""

    key = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=255)
    module = models.ForeignKey(Module, models.PROTECT, related_name="lessons")
    number = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=255)
    minutes = models.PositiveIntegerField(default=0)
    digcomp = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    # Set when something was taken away: whoever had all the rest has finished. The row is the queue.
    unsettled_since = models.DateTimeField(null=True, db_index=True)

    objects = TaughtQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Step(models.Model):
    """One row per step of a published lesson, the same in every language and through every edit."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="steps")
    block_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=StepKind)
    title = models.CharField(max_length=255)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    objects = TaughtQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint("lesson", "block_id", name="one_row_a_step")]

    def __str__(self) -> str:
        return self.title


class LearningPage(Page):
    """What home, module and lesson pages share: open to everyone, the same slug in every language."""

    # Lessons are public: somebody without an account must be able to read the first step.
    private_page_options: ClassVar = []
    show_in_menus_default = True

    override_translatable_fields: ClassVar = [SynchronizedField("slug")]

    class Meta:
        abstract = True

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Where learners find the page: our own views answer, not Wagtail's."""
        sites = self._get_relevant_site_root_paths(request)
        if not sites:
            return None
        site_id, root_path, _root_url, language = sites[0]
        with override(language):
            home = reverse("courses:home")
        return site_id, settings.WAGTAILADMIN_BASE_URL, home + self.url_path[len(root_path) :]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from courses import previewing

        return previewing.preview(self, request, mode_name)


class HomePage(LearningPage):
    summary = models.CharField(_("summary"), max_length=255, blank=True)

    max_count_per_parent = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["courses.ModulePage", "courses.InformationPage"]
    template = "courses/home.html"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("summary")]
    translatable_fields: ClassVar = [
        TranslatableField("title"),
        TranslatableField("summary"),
        SynchronizedField("slug"),
    ]

    class Meta:
        verbose_name = _("home page")


class ModulePage(LearningPage):
    number = models.CharField(_("number"), max_length=8, blank=True)
    summary = models.CharField(_("summary"), max_length=255, help_text=_("One short sentence."))
    picture = models.CharField(_("drawing"), max_length=60, blank=True)
    alt = models.CharField(_("text instead of the picture"), max_length=255, blank=True)
    can_do = StepStreamField(
        [("line", CanDoBlock())],
        verbose_name=_("what people can do afterwards"),
        blank=True,
        help_text=_("Three to five lines. They are printed on the certificate."),
    )

    parent_page_types: ClassVar = ["courses.HomePage"]
    subpage_types: ClassVar = ["courses.LessonPage"]
    template = "courses/module.html"
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("number"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("picture", widget=DrawingChoice), FieldPanel("alt")], _("picture")),
        FieldPanel("can_do"),
    ]
    translatable_fields: ClassVar = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("alt"),
        TranslatableField("can_do"),
        SynchronizedField("slug"),
        SynchronizedField("number"),
        SynchronizedField("picture"),
    ]

    class Meta:
        verbose_name = _("module")


class LessonPage(LearningPage):
    number = models.CharField(_("number"), max_length=8, blank=True)
    summary = models.CharField(_("summary"), max_length=255, help_text=_("One short sentence."))
    minutes = models.PositiveIntegerField(
        _("minutes"), default=50, help_text=_("With the practice, in a class.")
    )
    digcomp = models.CharField(
        _("DigComp 2.2 competences"), max_length=100, blank=True, help_text=_("Like: 2.1, 3.1, PRE")
    )
    body = StepStreamField(StepsBlock(), verbose_name=_("steps"), blank=True)

    parent_page_types: ClassVar = ["courses.ModulePage"]
    subpage_types: ClassVar = []
    template = "courses/lesson.html"
    content_panels: ClassVar = [
        *Page.content_panels,
        LacksPanel(heading=_("What this lesson lacks")),
        FieldPanel("number"),
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("digcomp"),
        FieldPanel("body"),
        PracticePanel(heading=_("How the practice goes")),
    ]
    translatable_fields: ClassVar = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        SynchronizedField("slug"),
        SynchronizedField("number"),
        SynchronizedField("minutes"),
        SynchronizedField("digcomp"),
    ]

    class Meta:
        verbose_name = _("lesson")

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        from courses import previewing

        return previewing.lesson_modes(self)


class InformationPage(LearningPage):
    """A plain page: about us, how we treat your data."""

    body = StepStreamField(InformationBlock(), verbose_name=_("text"), blank=True)

    parent_page_types: ClassVar = ["courses.HomePage"]
    subpage_types: ClassVar = []
    template = "courses/information.html"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("body")]
    translatable_fields: ClassVar = [
        TranslatableField("title"),
        TranslatableField("body"),
        SynchronizedField("slug"),
    ]

    class Meta:
        verbose_name = _("information page")


class StarterPart(models.Model):
    """What `starter_content` last wrote: a part whose digest has changed since was edited by a person."""

    page_key = models.UUIDField()
    part = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("page_key", "part", name="one_digest_a_part")]

    def __str__(self) -> str:
        return f"{self.page_key} {self.part}"
