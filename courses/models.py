"""The table of contents (Module, Lesson, Step: what progress and reports point at) and the pages people read.

A page is text in one language and may change or go; a row of the table of contents is an identity and stays.
"""

from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from courses.blocks import CanDoBlock, InformationBlock, StepsBlock
from courses.enums import LinkStatus, StepKind
from courses.fields import StepStreamField
from courses.panels import LacksPanel, NotesPanel
from courses.querysets import OutsideLinkQuerySet
from courses.widgets import DrawingChoice

A_YEAR = timedelta(days=365)


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
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("When somebody last compared facts, amounts and addresses with their source."),
    )
    check_again_on = models.DateField(
        _("check again on"),
        null=True,
        blank=True,
        help_text=_(
            "For facts, amounts and addresses that change. "
            "Empty: a year after the last check, or after the lesson was first published."
        ),
    )
    body = StepStreamField(StepsBlock(), verbose_name=_("steps"), blank=True)

    parent_page_types: ClassVar = ["courses.ModulePage"]
    subpage_types: ClassVar = []
    template = "courses/lesson.html"
    content_panels: ClassVar = [
        *Page.content_panels,
        LacksPanel(heading=_("What this lesson lacks")),
        NotesPanel(heading=_("Notes from classes")),
        FieldPanel("number"),
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("digcomp"),
        FieldRowPanel([FieldPanel("checked_on"), FieldPanel("check_again_on")], _("Facts")),
        FieldPanel("body"),
    ]
    translatable_fields: ClassVar = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        SynchronizedField("slug"),
        SynchronizedField("number"),
        SynchronizedField("minutes"),
        SynchronizedField("digcomp"),
        # What is true is so in every language.
        SynchronizedField("checked_on", overridable=False),
        SynchronizedField("check_again_on", overridable=False),
    ]

    class Meta:
        verbose_name = _("lesson")

    def clean(self) -> None:
        super().clean()
        if self.checked_on and self.check_again_on and self.check_again_on <= self.checked_on:
            raise ValidationError({"check_again_on": _("Choose a day after the last check.")})

    @property
    def check_due_on(self) -> date | None:
        """When its facts must be compared with their source; None before it was published."""
        if self.check_again_on:
            return self.check_again_on
        published_on = timezone.localdate(self.first_published_at) if self.first_published_at else None
        since = self.checked_on or published_on
        return since + A_YEAR if since else None

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


class Term(ClusterableModel):
    """A word that stands on Belgian forms. A screen language may lack it: then nobody has confirmed the word."""

    key = models.SlugField(_("short name"), unique=True)
    fr = models.CharField("Français", max_length=100, blank=True)
    nl = models.CharField("Nederlands", max_length=100, blank=True)
    de = models.CharField("Deutsch", max_length=100, blank=True)
    position = models.PositiveIntegerField(_("place in the list"), default=0)

    class Meta:
        ordering: ClassVar = ["position", "key"]
        verbose_name = _("word of the glossary")
        verbose_name_plural = _("glossary")

    def __str__(self) -> str:
        return self.key.replace("-", " ")


class TermMeaning(models.Model):
    """A term in one language of readers."""

    term = ParentalKey(Term, related_name="meanings", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    name = models.CharField(_("word"), max_length=100)
    meaning = models.CharField(_("meaning"), max_length=200, help_text=_("In a few everyday words."))
    forms = models.CharField(
        _("how texts write it"),
        max_length=500,
        blank=True,
        help_text=_("All forms that lessons use, with semicolons between them."),
    )

    class Meta:
        ordering: ClassVar = ["language"]
        verbose_name = _("meaning")
        verbose_name_plural = _("meanings")
        constraints: ClassVar = [models.UniqueConstraint("term", "language", name="one_meaning_a_language")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    @property
    def form_list(self) -> list[str]:
        return [form for part in self.forms.split(";") if (form := part.strip())]


class Recording(models.Model):
    """A voice that says one text of a lesson in one language: the newest one only.

    `block_id` is that of the step or of an answer, or made from an answer's for its explanation
    (`courses.spoken`). `digest` and `title_digest` are of the text as it was when somebody said it.
    """

    lesson_key = models.UUIDField()
    block_id = models.UUIDField()
    language = models.CharField(max_length=8)
    file = models.FileField(max_length=200)
    content_type = models.CharField(max_length=20)
    seconds = models.FloatField()
    size_bytes = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    title_digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="recordings"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("lesson_key", "block_id", "language", name="one_recording_a_text")
        ]

    def __str__(self) -> str:
        return f"{self.lesson_key} {self.block_id} {self.language}"

    @property
    def whole_seconds(self) -> int:
        return max(1, round(self.seconds))


class StepNote(models.Model):
    """What somebody who sees learners struggle tells the editor about a step, in `language` or (empty) in all.

    `key` was made by the form: sent twice, it is one note. `organisation` is kept as it was called then.
    """

    LONGEST = 300

    key = models.UUIDField(unique=True)
    step = models.ForeignKey(Step, models.PROTECT, related_name="notes")
    language = models.CharField(max_length=8, blank=True)
    text = models.CharField(max_length=LONGEST)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="step_notes")
    organisation = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


class OutsideLink(models.Model):
    """A link from a published page to somebody else's site: one row a page, one visit for all rows of an address.

    `due_at` is when it is visited next. `first_failed_at` is of the failures since it last worked.
    """

    url = models.CharField(max_length=1000)
    found_on = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="outside_links")
    status = models.CharField(max_length=10, choices=LinkStatus, default=LinkStatus.NEW)
    checked_at = models.DateTimeField(null=True)
    first_failed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)

    objects = OutsideLinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("url", "found_on", name="one_row_a_link_and_page")]

    def __str__(self) -> str:
        return self.url


class StarterPart(models.Model):
    """What `starter_content` last wrote: a part whose digest has changed since was edited by a person.

    The glossary is kept as if it were a page: a part is a term, or a term in one language.
    """

    page_key = models.UUIDField()
    part = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("page_key", "part", name="one_digest_a_part")]

    def __str__(self) -> str:
        return f"{self.page_key} {self.part}"
