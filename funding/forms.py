from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from funding.models import Project, Sheet
from funding.questions import NOT_ASKED, NOT_SAID, Band, Question
from learners.models import Cohort
from people.forms import ChoicesField
from people.models import Organisation

PREFERS_NOT = Band(NOT_SAID, _("I prefer not to say"), _("not said"))


class Answers(forms.RadioSelect):
    """Its labels are bands, each with its example."""

    template_name = "funding/answers.html"


class SheetForm(forms.Form):
    """A page of questions: each may be left out, which says as much as "I prefer not to say"."""

    def __init__(self, sent: Any, questions: Sequence[Question], sheet: Sheet | None) -> None:
        super().__init__(sent)
        for question in questions:
            kept = getattr(sheet, question.id, NOT_ASKED)
            self.fields[question.id] = forms.ChoiceField(
                label=question.asks,
                required=False,
                widget=Answers,
                choices=[(band.id, band) for band in (*question.bands, PREFERS_NOT)],
                initial=kept or None,
            )

    def answers(self) -> dict[str, str]:
        """What was left out is not said."""
        return {name: answer or NOT_SAID for name, answer in self.cleaned_data.items()}


class ProjectForm(forms.ModelForm):
    class Meta:
        model = Project
        fields = ("name", "programme", "begins_on", "ends_on", "cohorts")
        widgets = {
            "begins_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "ends_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "cohorts": forms.CheckboxSelectMultiple,
        }
        field_classes = {"cohorts": ChoicesField}
        error_messages = {
            "cohorts": {"required": _("Tick at least one cohort.")},
        }

    def __init__(self, *args: Any, organisation: Organisation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.today = today
        before: list[Cohort] = self.initial.get("cohorts", [])
        self.before = {cohort.pk for cohort in before if cohort.organisation_id == organisation.pk}
        # An administrator gave them to another organisation. They are not shown, and count again when they come back.
        self.moved = {cohort.pk for cohort in before} - self.before
        field = self.fields["cohorts"]
        assert isinstance(field, ChoicesField)
        field.queryset = organisation.cohorts.order_by("name", "pk")

    def clean_begins_on(self) -> date:
        begins_on: date = self.cleaned_data["begins_on"]
        if self.instance.is_answered and begins_on != self.initial["begins_on"]:
            raise forms.ValidationError(
                _(
                    "People have answered: the first day stays %(day)s. Else two tables, one before and one after, "
                    "would tell about those who began in between."
                ),
                params={"day": date_format(self.initial["begins_on"])},
            )
        return begins_on

    def clean_cohorts(self) -> QuerySet[Cohort]:
        ticked = {cohort.pk for cohort in self.cleaned_data["cohorts"]}
        if self.instance.is_answered and self.before - ticked:
            raise forms.ValidationError(
                _(
                    "People have answered: you can add a cohort, and take none out. Else two tables, one with it and "
                    "one without, would tell about its people."
                )
            )
        return Cohort.objects.filter(pk__in=ticked | self.moved)

    def clean_ends_on(self) -> date:
        ends_on: date = self.cleaned_data["ends_on"]
        if ends_on < self.today:
            raise forms.ValidationError(_("This day is over. Choose today or later."))
        if self.instance.is_answered and ends_on > self.initial["ends_on"]:
            raise forms.ValidationError(
                _(
                    "People have answered, and were told that their answers are deleted after %(day)s. "
                    "The end can come earlier, not later. For the time after, make a new project."
                ),
                params={"day": date_format(self.initial["ends_on"])},
            )
        return ends_on

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("begins_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return found


class PaperForm(forms.Form):
    """The other language of the paper is that of the trainer."""

    project = forms.ModelChoiceField(Project.objects.none())
    language = forms.ChoiceField(label=_("Language of the learner"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["project"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = projects
