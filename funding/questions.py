"""What a funder's sheet asks, and the bands in which it is answered: the common indicators of ESF+ (domain notes,
section 9). What is a special category of the GDPR (disability, origin, …) is not asked, and cannot be added here.

An answer is the id of a band, NOT_SAID, or NOT_ASKED while she has not sent the page.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NOT_ASKED = ""
NOT_SAID = "not-said"


@dataclass(frozen=True)
class Band:
    """`answer` and `example` are what a learner reads, `label` what stands in a table."""

    id: str
    answer: Any
    label: Any
    example: Any = ""


@dataclass(frozen=True)
class Question:
    """`id` is the field of a sheet that keeps the answer; `definition` is for who reads the table."""

    id: str
    asks: Any
    label: Any
    definition: Any
    bands: tuple[Band, ...]

    @property
    def answers(self) -> list[str]:
        """All there may be, in the order of a table."""
        return [*(band.id for band in self.bands), NOT_SAID, NOT_ASKED]


GENDER = Question(
    "gender",
    _("Are you a woman or a man?"),
    _("Gender"),
    _("As she says herself."),
    (
        Band("woman", pgettext_lazy("gender", "Woman"), _("Women")),
        Band("man", pgettext_lazy("gender", "Man"), _("Men")),
        Band(
            "non-binary",
            pgettext_lazy("gender", "Non-binary"),
            _("Non-binary people"),
            _("I am not a woman and not a man, or I am both."),
        ),
    ),
)
AGE = Question(
    "age",
    _("How old were you when you began here?"),
    _("Age"),
    _("In years, when she began in the project."),
    (
        Band("under-18", _("Younger than 18"), _("under 18")),
        Band("18-29", _("18 to 29"), _("18 to 29")),
        Band("30-54", _("30 to 54"), _("30 to 54")),
        Band("55-more", _("55 or older"), _("55 and more")),
    ),
)
EDUCATION = Question(
    "education",
    _("What is the last school that you finished?"),
    _("Education"),
    _("The highest level that she finished, in whatever country, by the levels of ISCED."),
    (
        Band(
            "isced-0-2",
            _("No school, or the first school years"),
            _("ISCED 0 to 2"),
            _("For example: I did not go to school. I finished primary school. I left school at 14 or 15."),
        ),
        Band(
            "isced-3-4",
            _("Secondary school to its end"),
            _("ISCED 3 to 4"),
            _("For example: I have a diploma of secondary school. I learned a trade at school."),
        ),
        Band(
            "isced-5-8",
            _("More than secondary school"),
            _("ISCED 5 to 8"),
            _("For example: I have a diploma of a college or a university."),
        ),
    ),
)
WORK = Question(
    "work",
    _("Did you have work when you began here?"),
    _("Work"),
    _("When she began in the project. The funder’s “unemployed” are the first two rows together."),
    (
        Band(
            "unemployed",
            _("No work, and I looked for work"),
            _("unemployed for up to 12 months"),
            _("For example: I lost my work 3 months ago and I look for new work."),
        ),
        Band(
            "long-unemployed",
            _("No work for more than 12 months, and I looked for work"),
            _("unemployed for more than 12 months"),
            _("For example: I have looked for work for 2 years."),
        ),
        Band(
            "inactive",
            _("No work, and I did not look for work"),
            _("inactive"),
            _("For example: I look after my family. I go to school all day. I am retired."),
        ),
        Band(
            "working",
            _("I had work"),
            _("employed or self-employed"),
            _("For example: I worked a few hours a week. I had my own shop."),
        ),
    ),
)


def _yes_or_no(field: str, asks: Any, label: Any, definition: Any) -> Question:
    bands = (Band("yes", _("Yes"), _("yes")), Band("no", _("No"), _("no")))
    return Question(field, asks, label, definition, bands)


SEARCHING = _yes_or_no(
    "searching",
    _("Do you look for work now?"),
    _("On leaving: looks for work"),
    _("When her classes or the project end. One person may say yes to several of these questions."),
)
LEARNING = _yes_or_no(
    "learning",
    _("Do you go to another school or course now?"),
    _("On leaving: in education or training"),
    _("When her classes or the project end. This project’s own classes do not count."),
)
QUALIFICATION = _yes_or_no(
    "qualification",
    _("Did you get a diploma or a certificate here?"),
    _("On leaving: gained a qualification"),
    _("When her classes or the project end, as she says herself."),
)
WORKING = _yes_or_no(
    "working",
    _("Do you have work now?"),
    _("On leaving: in work"),
    _("When her classes or the project end; self-employed people too."),
)

ON_BEGINNING = (GENDER, AGE, EDUCATION, WORK)
ON_LEAVING = (SEARCHING, LEARNING, QUALIFICATION, WORKING)
QUESTIONS = (*ON_BEGINNING, *ON_LEAVING)


def label_of(question: Question, answer: str) -> str:
    """For tables and for her own copy."""
    if answer == NOT_ASKED:
        return str(_("not asked, or no reply"))
    if answer == NOT_SAID:
        return str(_("not said"))
    return next(str(band.label) for band in question.bands if band.id == answer)
