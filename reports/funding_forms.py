"""The form of a project, which asks who takes part."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funding.forms import ProjectForm
from learners.models import Cohort
from reports import funding


class ReportedProjectForm(ProjectForm):
    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, today=timezone.localdate(now), **kwargs)
        self.now = now

    def clean_cohorts(self) -> QuerySet[Cohort]:
        """Once there is a table, a cohort is added before anybody learns in it: the table stays the same that day."""
        cohorts = super().clean_cohorts()
        new = cohorts.exclude(pk__in=self.before | self.moved)
        begun = funding.begun(self.instance, new, now=self.now) if self.instance.is_answered else set()
        if begun:
            names = [str(cohort) for cohort in new.filter(pk__in=begun).order_by("name", "pk")]
            raise forms.ValidationError(
                _(
                    "People have answered, and people have begun to learn in %(cohorts)s already. A cohort can be added "
                    "before anybody begins in it. Else two tables, one with it and one without, would tell about its "
                    "people. Make a new project for it."
                ),
                params={"cohorts": ", ".join(names)},
            )
        return cohorts
