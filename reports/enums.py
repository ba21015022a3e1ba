from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class By(TextChoices):
    """What the rows of an answer are."""

    NOTHING = "nothing", _("nothing, only the totals")
    MONTH = "month", _("month")
    MODULE = "module", _("module")
    LANGUAGE = "language", _("language of the learner")
    COHORT = "cohort", _("cohort")
    PLACE = "place", _("place")
    KIND = "kind", _("kind of class")

    @property
    def overlaps(self) -> bool:
        """Whether one row of a table can be in several groups, so that they do not make the total."""
        return self == By.KIND


class ClassKind(TextChoices):
    """Of a class; it may be several of these at once."""

    CHILDCARE = "childcare", _("with childcare")
    INTERPRETER = "interpreter", _("with a mediator or interpreter")
    WOMEN_ONLY = "women", _("for women only")
    SCHOOL_HOURS = "school", _("during school hours")
    NONE = "", _("none of these")


class ClassState(TextChoices):
    """What became of a class. The first one is work that waits for its trainer."""

    NOT_TICKED = "not-ticked", _("not ticked")
    HELD = "held", _("held")
    ON = "on", _("on now")
    PLANNED = "planned", _("planned")
    CANCELLED = "cancelled", _("called off")


class Unit(TextChoices):
    PEOPLE = "people", _("people")
    TIMES = "times", _("times")
    HOURS = "hours", _("hours")
    CLASSES = "classes", _("classes")
    PLACES = "places", pgettext_lazy("for people", "places")
    CHILDREN = "children", _("children")
    PAPERS = "papers", _("certificates")
    PERCENT = "percent", "%"

    @property
    def sign(self) -> str:
        """What stands behind the number where no head of a column says the unit."""
        return "\u00a0%" if self == Unit.PERCENT else ""


class Subject(TextChoices):
    PEOPLE = "people", _("People")
    LEARNING = "learning", _("Learning")
    CLASSES = "classes", _("Classes")
    ATTENDANCE = "attendance", _("Attendance")
    SUPPORT = "support", _("Childcare and mediators")


class Rhythm(TextChoices):
    """How often a report is sent by itself."""

    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")


class Obstacle(TextChoices):
    """Why somebody does not get a scheduled report; the values are also those of dropped letters."""

    NO_COORDINATOR = "no-coordinator", _("coordinates not all of these organisations any more")
    CLOSED = "closed", _("the account is closed")
    NO_ADDRESS = "no-address", _("no e-mail address")
    STOPPED = "stopped", _("wants no letters")
    TAKEN_OFF = "taken-off", _("was taken off the list")
    PAUSED = "paused", _("the schedule was paused")
    DELETED = "deleted", _("the schedule was deleted")
    TOO_LATE = "too-late", _("the next report was due already")
    REFUSED = "refused", _("the mail server did not take the letter")


class Preset(TextChoices):
    THIS_MONTH = "this-month", _("this month")
    LAST_MONTH = "last-month", _("last month")
    THIS_QUARTER = "this-quarter", _("this quarter")
    THIS_YEAR = "this-year", _("this year")
    ALL = "all", _("everything")
    BETWEEN = "between", _("from month to month")
