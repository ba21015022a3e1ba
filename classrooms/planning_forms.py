"""One page for one class or a series: when, where, who, what, for whom."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from classrooms import planning
from classrooms.enums import Community
from classrooms.models import Place, SchoolHoliday, Session
from courses import library
from courses.models import Lesson, Module
from learners.models import Cohort
from people.enums import Role
from people.models import User
from reminders.clock import BRUSSELS

LONGEST_CLASS = timedelta(hours=12)
FARTHEST = timedelta(days=730)
ONCE, WEEKLY, FORTNIGHTLY = 0, 1, 2


def _day(**attrs: Any) -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PlaceForm(forms.ModelForm):
    """Empty, or a place that is not on the list yet."""

    class Meta:
        model = Place
        fields = ("name", "address", "town", "access")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="place", **kwargs)
        for field in self.fields.values():
            field.required = False

    @property
    def is_filled(self) -> bool:
        return self.has_changed()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("name", "town"):
            if self.is_filled and name not in self.errors and not cleaned.get(name):
                self.add_error(name, _("A new place needs a name and a town."))
        return cleaned

    def kept(self, organisation: Any) -> Place:
        """The place of this name in this town, or a new one."""
        known = Place.objects.filter(
            organisation=organisation,
            name__iexact=self.cleaned_data["name"],
            town__iexact=self.cleaned_data["town"],
        ).first()
        self.instance.organisation = organisation
        return known or self.save()


class SessionForm(forms.ModelForm):
    """`spans` are (start, end) of what is to be planned; empty while the days of a series are to be looked at."""

    day = forms.DateField(label=_("Day"), widget=_day())
    begins = forms.TimeField(label=_("Begins at"), widget=_clock())
    ends = forms.TimeField(label=_("Ends at"), widget=_clock())
    spoken_languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        help_text=_("In which people are helped. The mediator's language comes by itself."),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mediator_hours = forms.DecimalField(
        label=_("Hours booked"), required=False, min_value=0, max_value=24, decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.25"}),
    )  # fmt: skip

    class Meta:
        model = Session
        fields = (
            "place", "trainer", "mediator", "mediator_language", "module", "lessons", "seats", "childcare_places",
            "is_women_only", "is_school_hours", "is_public",
        )  # fmt: skip
        widgets = {"lessons": forms.CheckboxSelectMultiple}

    field_order = ("day", "begins", "ends")

    def __init__(self, data: Any = None, *, cohort: Cohort, instance: Session) -> None:
        super().__init__(data, instance=instance, initial=_initial(instance))
        self.cohort = cohort
        self.spans: list[tuple[datetime, datetime]] = []
        organisation = cohort.organisation
        mediators = User.objects.filter(
            memberships__organisation=organisation, memberships__role=Role.MEDIATOR, is_active=True
        )
        self._choose("place", organisation.places.all(), _("not known yet"))
        self._choose("trainer", cohort.trainers.order_by("name"), _("not known yet"))
        self._choose("mediator", mediators.distinct().order_by("name"), pgettext_lazy("a mediator", "none"))
        modules = Module.objects.live()
        self._choose("module", modules, _("no module of ours, or several"))
        self._choose("lessons", Lesson.objects.live().filter(module__in=modules), None)
        self._say_titles(get_language() or settings.LANGUAGE_CODE)
        self.fields["childcare_places"].required = False

    def _choose(self, name: str, rows: Any, nothing: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        if nothing is not None:
            field.empty_label = nothing

    def _say_titles(self, language: str) -> None:
        """In the trainer's language; the rows know the source language only."""
        modules = library.modules(language)
        for name, entries in (
            ("module", modules),
            ("lessons", library.lessons([module.row.pk for module in modules], language)),
        ):
            titles = {entry.row.pk: f"{entry.row.number} {entry.title}" for entry in entries}
            field: Any = self.fields[name]
            field.label_from_instance = lambda row, titles=titles: titles.get(row.pk, str(row))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["childcare_places"] = cleaned.get("childcare_places") or 0
        cleaned["languages"] = " ".join(cleaned.get("spoken_languages") or [])
        hours = cleaned.get("mediator_hours")
        cleaned["mediator_minutes"] = None if hours is None else round(hours * 60)
        if not cleaned.get("mediator"):
            cleaned["mediator_language"], cleaned["mediator_minutes"] = "", None
        self._check_time(cleaned)
        return cleaned

    def _check_time(self, cleaned: dict[str, Any]) -> None:
        if not {"day", "begins", "ends"} <= cleaned.keys():
            return
        day, now = cleaned["day"], datetime.now(BRUSSELS)
        if not timedelta(days=-366) <= day - now.date() <= FARTHEST:
            self.add_error("day", _("This day is too far away. Look at the year."))
            return
        try:
            starts, ends = planning.span(day, cleaned["begins"], cleaned["ends"])
        except planning.NoSuchTime:
            self.add_error("begins", _("In this night the clocks go forward: this time does not exist."))
            return
        if ends - starts > LONGEST_CLASS:
            self.add_error("ends", _("A class of more than 12 hours? Look at both times."))
        self.spans = [(starts, ends)]

    def shared(self) -> dict[str, Any]:
        """What the sessions of a series have in common, but for their lessons."""
        return {name: self.cleaned_data[name] for name in planning.SHARED}


class PlanForm(SessionForm):
    """A new class. Of a series the days are shown first, holidays left out, and then planned as ticked."""

    every = forms.TypedChoiceField(
        label=_("How often"), coerce=int,
        choices=[(ONCE, _("once")), (WEEKLY, _("every week")), (FORTNIGHTLY, _("every second week"))],
    )  # fmt: skip
    until = forms.DateField(label=_("Until"), required=False, widget=_day())
    community = forms.ChoiceField(
        label=_("Leave out the school holidays of"), required=False,
        choices=[("", _("no school")), *Community.choices],
    )  # fmt: skip
    series = forms.UUIDField(widget=forms.HiddenInput)
    # For which wishes the days on the page were made.
    shown_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days: list[planning.Day] = []
        self.new_series = uuid4()
        self.fields["community"].help_text = _known_until()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        every, day, until = cleaned.get("every"), cleaned.get("day"), cleaned.get("until")
        if not every or not self.spans or not day:
            return cleaned
        if until is None:
            if "until" not in self.errors:
                self.add_error("until", _("Until which day?"))
            return cleaned
        if not day < until <= day + FARTHEST:
            self.add_error("until", _("Choose a day after the first one, within two years."))
            return cleaned
        self.days = planning.days_of(day, weeks=every, until=until, community=cleaned.get("community", ""))
        self._choose_days(cleaned)
        return cleaned

    def _choose_days(self, cleaned: dict[str, Any]) -> None:
        self.wishes = "/".join(str(cleaned.get(name)) for name in ("day", "every", "until", "community"))
        ticked = set(self.data.getlist("days"))  # type: ignore[attr-defined]
        self.spans = []
        if cleaned.get("shown_for") != self.wishes:
            return
        chosen = [one.day for one in self.days if one.day.isoformat() in ticked]
        if not chosen:
            self.add_error(None, _("Tick at least one day."))
            return
        try:
            self.spans = [planning.span(day, cleaned["begins"], cleaned["ends"]) for day in chosen]
        except planning.NoSuchTime:
            self.add_error(
                "begins", _("In one of these nights the clocks go forward: this time does not exist.")
            )

    def ticked_days(self) -> list[tuple[planning.Day, bool]]:
        """As she left them; a holiday begins unticked."""
        ticked = set(self.data.getlist("days")) if self.is_bound else set()  # type: ignore[attr-defined]
        is_shown = self.is_bound and self.data.get("shown_for") == getattr(self, "wishes", None)
        return [(day, day.day.isoformat() in ticked if is_shown else not day.why_not) for day in self.days]


class WhichForm(forms.Form):
    """Of a series: this one, or the later ones too."""

    which = forms.ChoiceField(
        label=_("Which classes?"),
        choices=[("one", _("Only this class")), ("later", _("This one and the later ones of the series"))],
        widget=forms.RadioSelect,
        initial="one",
        required=False,
    )

    @property
    def and_later(self) -> bool:
        return self.cleaned_data["which"] == "later"


def _initial(session: Session) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "spoken_languages": session.languages.split(),
        # As exact as the form takes them.
        "mediator_hours": round(session.mediator_minutes / 60, 2) if session.mediator_minutes else None,
    }
    if session.starts_at and session.ends_at:
        starts, ends = session.starts_at.astimezone(BRUSSELS), session.ends_at.astimezone(BRUSSELS)
        initial |= {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
    return initial


def like_last_time(cohort: Cohort, *, today: date) -> Session:
    """What stands in the form of a new class: a week after the last one planned, with all that it had."""
    last = cohort.sessions.filter(starts_at__isnull=False).order_by("-starts_at").first()
    fresh = Session(cohort=cohort)
    if last is None or last.starts_at is None or last.ends_at is None:
        return fresh
    for name in planning.SHARED:
        setattr(fresh, name, getattr(last, name))
    starts, ends = last.starts_at.astimezone(BRUSSELS), last.ends_at.astimezone(BRUSSELS)
    day = starts.date() + timedelta(weeks=1)
    while day < today:
        day += timedelta(weeks=1)
    fresh.starts_at, fresh.ends_at = planning.span(day, starts.time(), ends.time())
    return fresh


def _known_until() -> str:
    """Up to which day each community's holidays stand in the calendar."""
    known = SchoolHoliday.objects.values_list("community").annotate(Max("last_day")).order_by("community")
    labels = dict(Community.choices)
    parts = [f"{labels[code]}: {date_format(last)}" for code, last in known]
    return gettext("Known until:") + " " + "; ".join(parts) if parts else ""
