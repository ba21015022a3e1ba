"""A project that a funder pays, and what people said for it. No row here points at a person, and none may."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from funding.querysets import ProjectQuerySet
from learners.models import Cohort
from learners.querysets import CohortQuerySet
from people.models import Organisation


class Project(models.Model):
    """Asks nobody anything until a coordinator switches it on.

    From the first answer on it has a table, and its first day and its cohorts stay (`is_answered`). Once it is over its
    sheets are deleted, and `final` keeps the table as it was shown last, hidden numbers hidden (shape:
    reports.funding.Table.as_json).
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="funding_projects")
    name = models.CharField(_("Name of the project"), max_length=100, help_text=_("Learners read it too."))
    programme = models.CharField(
        _("Who pays it"), max_length=100, help_text=_("As learners may know it, for example: ESF+ Flanders.")
    )
    begins_on = models.DateField(_("First day"))
    ends_on = models.DateField(
        _("Last day"),
        help_text=_(
            "The day after, all answers are deleted and only the table stays. Leave some weeks after the last class."
        ),
    )
    cohorts = models.ManyToManyField(Cohort, related_name="funding_projects", verbose_name=_("Cohorts"))
    is_on = models.BooleanField(default=False, editable=False)
    is_answered = models.BooleanField(default=False, db_default=False, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    final = models.JSONField(null=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="a_project_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, final__isnull=True)
                | Q(closed_at__isnull=False, final__isnull=False),
                name="a_closed_project_keeps_its_table",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def its_cohorts(self) -> CohortQuerySet:
        """Without those that an administrator has moved to another organisation since."""
        return self.cohorts.filter(organisation=self.organisation_id)


def _all_or_none(*fields: str) -> Q:
    none, every = Q(), Q()
    for field in fields:
        none &= Q(**{field: ""})
        every &= ~Q(**{field: ""})
    return none | every


class Sheet(models.Model):
    """What one person said for one project, in the words of `funding.questions`.

    `pseudonym` is funding.pseudonyms.pseudonym_of(project, person). There is no number and no time in a row: they
    would tell who came when. Of the order that a database keeps by itself: docs/decisions/the-funder-sheet.md.
    """

    pseudonym = models.CharField(max_length=64, primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="sheets")
    gender = models.CharField(max_length=16, blank=True)
    age = models.CharField(max_length=16, blank=True)
    education = models.CharField(max_length=16, blank=True)
    work = models.CharField(max_length=16, blank=True)
    searching = models.CharField(max_length=16, blank=True)
    learning = models.CharField(max_length=16, blank=True)
    qualification = models.CharField(max_length=16, blank=True)
    working = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_all_or_none("gender", "age", "education", "work"),
                name="the_first_page_is_sent_whole",
            ),
            models.CheckConstraint(
                condition=_all_or_none("searching", "learning", "qualification", "working"),
                name="the_last_page_is_sent_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym[:8]
