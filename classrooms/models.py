"""A session is one meeting of a cohort; what happens in it stands in rows of its own."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.calendar_models import CalendarAddress  # noqa: F401  Django looks for models here
from classrooms.call_models import Call  # noqa: F401
from classrooms.enums import Community, Status
from classrooms.querysets import (
    HelpRequestQuerySet,
    JoinRequestQuerySet,
    SessionQuerySet,
    SupervisionQuerySet,
)
from courses.models import Lesson, Module, Step
from learners.models import Cohort
from people.models import Organisation, User
from people.names import tidy

# Who joins within them is not late.
GRACE = timedelta(minutes=10)
# "Start the class" takes up what was planned around now. Trainers are told these hours in words.
EARLIEST_START = timedelta(hours=2)


class Place(models.Model):
    """Where classes meet. All of it is public once a class on the agenda meets there."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="places", verbose_name=_("organisation")
    )
    name = models.CharField(
        _("name"), max_length=100, help_text=_("As people call it: the library, the blue house.")
    )
    address = models.CharField(_("street and number"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=100)
    access = models.CharField(
        _("how to get in"),
        max_length=300,
        blank=True,
        help_text=_("Floor, bell, lift, wheelchair, bus stop."),
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering: ClassVar = ["town", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint("organisation", Lower("name"), Lower("town"), name="a_place_stands_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}"


class SchoolHoliday(models.Model):
    """Days without school in one community, the last one included. An administrator keeps them."""

    community = models.CharField(_("community"), max_length=2, choices=Community)
    name = models.CharField(_("name"), max_length=100)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("school holiday")
        verbose_name_plural = _("school holidays")
        ordering: ClassVar = ["first_day", "community"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="a_holiday_ends_after_it_began",
                violation_error_message=_("The last day is before the first."),
            ),
            models.UniqueConstraint("community", "first_day", name="a_holiday_begins_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_community_display()})"


class Session(models.Model):
    """A meeting that was planned (`starts_at`), held (`opened_at`), or both.

    `code` opens the room while the session is open, and never a person. `languages` are those in which people are
    helped there: codes with a space between. `mediator_minutes` are booked, whatever was held.

    `led_path` is the step at which everybody is kept, as module/lesson/n; empty when nobody is. `version` rises with
    all that a board shows, but for the learners' own steps, which their enrolments count.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="sessions", verbose_name=_("cohort"))
    # What was planned.
    starts_at = models.DateTimeField(null=True, db_index=True)
    ends_at = models.DateTimeField(null=True)
    series = models.UUIDField(null=True, editable=False)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("place")
    )
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("trainer"),
    )
    mediator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("mediator or interpreter"),
    )
    mediator_language = models.CharField(
        _("language of the mediator"), max_length=8, blank=True, choices=settings.LANGUAGES
    )
    mediator_minutes = models.PositiveIntegerField(_("minutes booked"), null=True, blank=True)
    module = models.ForeignKey(
        Module, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("module")
    )
    lessons = models.ManyToManyField(Lesson, blank=True, related_name="+", verbose_name=_("lessons"))
    languages = models.CharField(_("languages spoken"), max_length=60, blank=True)
    seats = models.PositiveIntegerField(_("places for learners"), null=True, blank=True)
    childcare_places = models.PositiveIntegerField(_("places for children"), default=0)
    is_women_only = models.BooleanField(_("for women only"), default=False)
    is_school_hours = models.BooleanField(_("during school hours"), default=False)
    is_public = models.BooleanField(_("on the public agenda"), default=False)
    cancelled_at = models.DateTimeField(null=True)
    # Calendar programs learn from these two that it moved.
    plan_version = models.PositiveIntegerField(default=0, editable=False)
    plan_changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # What came of it.
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True, db_index=True)
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    children_came = models.PositiveIntegerField(_("children who came"), null=True, blank=True)
    code = models.CharField(max_length=8, unique=True)
    led_path = models.CharField(max_length=200, blank=True)
    is_led = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="a_session_lasts"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_plan_lasts"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False) | Q(opened_at__isnull=False), name="planned_or_held"
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="a_plan_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, closes_at=None)
                | Q(opened_at__isnull=False, closes_at__isnull=False),
                name="an_open_session_ends",
            ),
            # Two taps on "Start the class", or two trainers, make one session.
            models.UniqueConstraint(
                "cohort",
                condition=Q(closed_at=None, opened_at__isnull=False),
                name="one_open_session_a_cohort",
            ),
            # A form that is sent twice plans once.
            models.UniqueConstraint("series", "starts_at", name="a_series_meets_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort} {self.began_at:%Y-%m-%d}"

    @property
    def began_at(self) -> datetime:
        """From when on somebody is late: the planned time for a trainer who is early, else when she opened it.

        What was over by the planned time was held when she opened it.
        """
        if self.opened_at and self.starts_at and self.closed_at and self.closed_at <= self.starts_at:
            return self.opened_at
        known = [moment for moment in (self.opened_at, self.starts_at) if moment]
        return max(known)

    @property
    def spoken(self) -> list[str]:
        """Codes of the languages in which people are helped, the mediator's among them."""
        return list(dict.fromkeys(filter(None, [*self.languages.split(), self.mediator_language])))

    def is_too_early(self, now: datetime) -> bool:
        """To start it: it is planned for later, or for another day."""
        return self.starts_at is not None and self.starts_at > now + EARLIEST_START

    def is_late(self, joined_at: datetime) -> bool:
        return joined_at > self.began_at + GRACE

    def is_open(self, now: datetime) -> bool:
        return self.opened_at is not None and self.closed_at is None and now < (self.closes_at or now)

    def ended_at(self, now: datetime) -> datetime | None:
        """None while it is on, or yet to come. What nobody closed ended as planned."""
        if self.closed_at:
            return self.closed_at
        over = self.closes_at or self.ends_at
        if over is None or now < over:
            return None
        return self.ends_at if self.ends_at and self.ends_at > self.began_at else over


class Attendance(models.Model):
    """One person at one session. Joining proposes (`joined_at`), the trainer's tick is the truth (`status`).

    `minutes_late` after it began, of who came late. `step` is the one on her screen since `step_at`. Of somebody who
    has left StepIn it stays without `person`: how many came is still true. Who is catching up with what she missed is
    not led (`is_catching_up`).
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="attendances"
    )
    status = models.CharField(max_length=8, choices=Status, blank=True)
    minutes_late = models.PositiveIntegerField(null=True)
    joined_at = models.DateTimeField(null=True)
    step = models.ForeignKey(Step, models.SET_NULL, null=True, related_name="+")
    step_at = models.DateTimeField(null=True)
    is_catching_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("session", "person", name="one_attendance_a_session")
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.session}"


class LedStep(models.Model):
    """A step, as module/lesson/n, at which everybody of the class was led; since when."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="led_steps")
    path = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("session", "path", name="a_led_step_stands_once")]

    def __str__(self) -> str:
        return self.path


class AttendanceChange(models.Model):
    """Who ticked what, and when: every tick and every correction stays."""

    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status, blank=True)
    minutes_late = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.attendance}: {self.status}"


class HelpRequest(models.Model):
    """She asked; somebody comes (`comes`); it is over. One open request a person."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="help_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    comes = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "session", "person", condition=Q(ended_at=None), name="one_open_request_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.asked_at:%H:%M}"


class JoinRequest(models.Model):
    """Somebody with the code says who she is; her trainer, who sees her, lets her in or not.

    `person` is the learner she says she is, None for a new one, who is called `name`. `guest` is whose work is on her
    phone, or who is signed in there. `key` is known to her browser alone, which takes the answer once (`used_at`);
    again only with the secret that `browser` is made of. `name` goes when she is in, or the class is over, and then
    `browser` too.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="join_requests")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    browser = models.UUIDField(null=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    guest = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=100, blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_let_in = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            # Two taps on "Ask to come in" stand at the door once.
            models.UniqueConstraint(
                "session", "browser", condition=Q(decided_at=None), name="a_browser_asks_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person or self.name} – {self.session}"

    @property
    def brings(self) -> User | None:
        """Whose work comes along. A guest's does not when another name than hers was typed on her phone.

        "Amina Benali" is no other name than "Amina": she corrected hers.
        """
        guest = self.guest
        if guest is None or self.person_id or not guest.is_guest or not guest.name:
            return guest
        hers, typed = (set(tidy(name).casefold().split()) for name in (guest.name, self.name))
        return guest if hers <= typed or typed <= hers else None

    @property
    def leaves_behind(self) -> User | None:
        """Whose work on this phone stays where it is, and gets a code when it has none."""
        guest = self.guest
        if guest is None or not guest.is_guest or guest.merged_into_id:
            return None
        comes = self.person if self.used_at else self.brings
        return None if guest == comes else guest


class Supervision(models.Model):
    """A trainer saw with her own eyes that this learner does the practice of this module alone.

    Ticked by mistake it is withdrawn, and stays: who said so, and who took it back.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="supervisions")
    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, related_name="supervisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person", "module", condition=Q(withdrawn_at=None), name="one_supervision_a_module"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.module}"
