"""Each number of a report: what it is called, what it means, and what is counted for it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from reports import counts
from reports.counts import Count
from reports.enums import By, Subject, Unit


@dataclass(frozen=True)
class Unknown:
    """What cannot be in the number: `of` counts it, `words` says it ({"n": …})."""

    of: Count
    words: Any


@dataclass(frozen=True)
class Figure:
    """`of` is what is counted. With `over` the figure is how much of it there is for each of those, or for a hundred.

    Such a rate is shown where both its parts may be: so it tells nothing that they do not.
    """

    id: str
    subject: Subject
    unit: Unit
    label: Any
    definition: Any
    of: Count
    over: Count | None = None
    unknown: Unknown | None = None

    @property
    def counts(self) -> list[Count]:
        return [self.of, self.over] if self.over else [self.of]

    @property
    def guards(self) -> list[Count]:
        return [guard for count in self.counts for guard in count.guards]

    def can(self, by: By) -> bool:
        return all(count.can(by) for count in self.counts)


NOT_SAID_HOW_LONG = ngettext_lazy(
    "For %(n)s class with a mediator nobody wrote down how long.",
    "For %(n)s classes with a mediator nobody wrote down how long.",
    "n",
)

# In the order of their subjects.
FIGURES = (
    Figure(
        "reached",
        Subject.PEOPLE,
        Unit.PEOPLE,
        _("Learners reached"),
        _("People who began a module in one of your cohorts, or came to a class. Each person counts once."),
        counts.REACHED,
    ),
    Figure(
        "active",
        Subject.PEOPLE,
        Unit.PEOPLE,
        _("Active learners"),
        _("People of your cohorts from whom at least one step arrived. Each person counts once."),
        counts.ACTIVE,
    ),
    Figure(
        "came",
        Subject.PEOPLE,
        Unit.PEOPLE,
        _("Learners who came at least once"),
        _(
            "People whom a trainer ticked as present or late in a class that is over. Each person counts once."
        ),
        counts.CAME,
        unknown=Unknown(
            counts.VISITS_OF_WHO_LEFT,
            ngettext_lazy(
                "%(n)s visit of somebody who has left StepIn is not in it: we no longer know who it was.",
                "%(n)s visits of people who have left StepIn are not in it: we no longer know who they were.",
                "n",
            ),
        ),
    ),
    Figure(
        "lessons",
        Subject.LEARNING,
        Unit.TIMES,
        _("Lessons completed"),
        _(
            "How many times somebody finished a lesson. Of people who deleted their account it is no longer known."
        ),
        counts.LESSONS,
    ),
    Figure(
        "modules",
        Subject.LEARNING,
        Unit.TIMES,
        _("Modules completed"),
        _(
            "How many times somebody finished all lessons of a module. Of people who deleted their account it is no longer known."
        ),
        counts.MODULES,
    ),
    Figure(
        "achievements",
        Subject.LEARNING,
        Unit.PAPERS,
        _("Certificates of what was learned"),
        _(
            "Issued for a finished module. One that was corrected counts once, on the day of its correction; one that was taken back does not count."
        ),
        counts.ACHIEVEMENTS,
    ),
    Figure(
        "attestations",
        Subject.LEARNING,
        Unit.PAPERS,
        _("Certificates of attendance"),
        _("Issued for classes attended. One that was replaced counts once, on the day of the newest."),
        counts.ATTESTATIONS,
    ),
    Figure(
        "planned",
        Subject.CLASSES,
        Unit.CLASSES,
        _("Classes planned"),
        _(
            "Classes that were planned and whose planned time is over, held or not. Classes that a trainer began without a plan are not in it."
        ),
        counts.PLANNED,
    ),
    Figure(
        "cancelled",
        Subject.CLASSES,
        Unit.CLASSES,
        _("Classes called off"),
        _("Of the classes planned: those that were called off. Classes of days to come are not in it yet."),
        counts.CANCELLED,
    ),
    Figure(
        "cancelled_share",
        Subject.CLASSES,
        Unit.PERCENT,
        _("Share called off"),
        _("Classes called off, of 100 classes planned."),
        counts.CANCELLED,
        over=counts.PLANNED,
    ),
    Figure(
        "classes",
        Subject.CLASSES,
        Unit.CLASSES,
        _("Classes held"),
        _("Classes that are over and in which a trainer ticked who was there, by the day they began."),
        counts.CLASSES,
        unknown=Unknown(
            counts.NOT_TICKED,
            ngettext_lazy(
                "%(n)s class is not in it: nobody ticked who was there.",
                "%(n)s classes are not in it: nobody ticked who was there.",
                "n",
            ),
        ),
    ),
    Figure(
        "offered",
        Subject.CLASSES,
        Unit.HOURS,
        _("Hours offered"),
        _("How long the classes held were, in whole minutes, written as hours."),
        counts.MINUTES_OFFERED,
    ),
    Figure(
        "visits",
        Subject.ATTENDANCE,
        Unit.TIMES,
        _("Visits"),
        _(
            "How many times somebody was ticked as present or late. People who have left StepIn since still count."
        ),
        counts.VISITS,
    ),
    Figure(
        "expected",
        Subject.ATTENDANCE,
        Unit.TIMES,
        _("Visits expected"),
        _(
            "How many times somebody was ticked at all: as present, late, excused or absent. People who have left StepIn since still count."
        ),
        counts.EXPECTED,
    ),
    Figure(
        "rate",
        Subject.ATTENDANCE,
        Unit.PERCENT,
        _("Attendance rate"),
        _("Visits, of 100 visits expected. Who was excused was expected too."),
        counts.VISITS,
        over=counts.EXPECTED,
    ),
    Figure(
        "attended",
        Subject.ATTENDANCE,
        Unit.HOURS,
        _("Hours attended"),
        _(
            "The hours of all who came, added up; who was late counts from when she came. People who have left StepIn since still count."
        ),
        counts.MINUTES_ATTENDED,
    ),
    Figure(
        "average",
        Subject.ATTENDANCE,
        Unit.PEOPLE,
        _("Learners in a class, on average"),
        _("Visits, divided by classes held."),
        counts.VISITS,
        over=counts.CLASSES,
    ),
    Figure(
        "places",
        Subject.ATTENDANCE,
        Unit.PLACES,
        _("Places offered"),
        _("Places for learners in all classes held, added up."),
        counts.PLACES,
        unknown=Unknown(
            counts.PLACES_NOT_WRITTEN,
            ngettext_lazy(
                "For %(n)s class nobody wrote down how many places there were.",
                "For %(n)s classes nobody wrote down how many places there were.",
                "n",
            ),
        ),
    ),
    Figure(
        "filled",
        Subject.ATTENDANCE,
        Unit.PERCENT,
        _("Share of places filled"),
        _("Visits, of 100 places offered. Only classes for which somebody wrote down how many there were."),
        counts.VISITS_WHERE_PLACES_ARE_KNOWN,
        over=counts.PLACES,
    ),
    Figure(
        "childcare",
        Subject.SUPPORT,
        Unit.PLACES,
        _("Childcare places offered"),
        _("Places for children in all classes held, added up."),
        counts.CHILDCARE_PLACES,
    ),
    Figure(
        "children",
        Subject.SUPPORT,
        Unit.CHILDREN,
        _("Children who came"),
        _("As trainers wrote it down after each class, added up. A child who comes twice counts twice."),
        counts.CHILDREN,
        unknown=Unknown(
            counts.CHILDREN_NOT_WRITTEN,
            ngettext_lazy(
                "For %(n)s class with childcare nobody wrote it down.",
                "For %(n)s classes with childcare nobody wrote it down.",
                "n",
            ),
        ),
    ),
    Figure(
        "childcare_used",
        Subject.SUPPORT,
        Unit.PERCENT,
        _("Share of childcare places used"),
        _(
            "Children who came, of 100 childcare places. Only classes for which somebody wrote down how many children came."
        ),
        counts.CHILDREN,
        over=counts.CHILDCARE_PLACES_COUNTED,
    ),
    Figure(
        "interpreter",
        Subject.SUPPORT,
        Unit.HOURS,
        _("Hours of mediators and interpreters booked"),
        _(
            "Booked for classes that were not cancelled, whether they were held or not. Classes to come count too. In rows of languages: by the language of the mediator."
        ),
        counts.INTERPRETER_MINUTES,
        unknown=Unknown(counts.INTERPRETER_NOT_WRITTEN, NOT_SAID_HOW_LONG),
    ),
    Figure(
        "interpreter_held",
        Subject.SUPPORT,
        Unit.HOURS,
        _("Hours of mediators and interpreters, in classes held"),
        _(
            "What was booked for the classes held. How long a mediator really stayed is not written down. In rows of languages: by the language of the mediator."
        ),
        counts.INTERPRETER_MINUTES_HELD,
        unknown=Unknown(counts.INTERPRETER_NOT_WRITTEN_HELD, NOT_SAID_HOW_LONG),
    ),
)

# Why a figure is missing among the columns of a dimension.
WHY_NOT = {
    By.MODULE: _("A certificate of attendance may be about several modules."),
    By.LANGUAGE: _("People of several languages come to one class."),
    By.PLACE: _("What is learned and certified has no place: people also learn at home."),
    By.KIND: _("What is learned and certified belongs to no class: people also learn at home."),
}
# What a total is not, where rows overlap.
ADDS_UP_NOT = {
    By.MONTH: _("Who came in two months counts in both rows and once in the total."),
    By.MODULE: _("Who learns two modules counts in both rows and once in the total."),
    By.COHORT: _("Who is in two cohorts counts in both rows and once in the total."),
    By.PLACE: _("Who came to two places counts in both rows and once in the total."),
    By.KIND: _("One class can be of several kinds: it counts in each of these rows and once in the total."),
}
