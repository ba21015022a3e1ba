from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Of an attendance, as its trainer ticked it; before that it is empty."""

    PRESENT = "present", _("present")
    LATE = "late", _("late")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


class Community(TextChoices):
    """Who decides when a school is closed: in Belgium the community, by the school's language."""

    FR = "fr", _("French Community")
    NL = "nl", _("Flemish Community")
    DE = "de", _("German-speaking Community")


class DayPart(TextChoices):
    MORNING = "morning", _("morning, before 12:00")
    AFTERNOON = "afternoon", _("afternoon, 12:00 to 17:00")
    EVENING = "evening", _("evening, from 17:00")


class Feed(Enum):
    """Whose calendar: the classes she goes to, or those she leads."""

    LEARN = "learn"
    TEACH = "teach"


class Reason(TextChoices):
    """Why somebody needs a call, the most urgent first."""

    HELP = "help", _("asked for help and nobody came")
    ABSENT = "absent", _("absent twice in a row")
    STUCK = "stuck", _("stuck at a step")
    STOPPED = "stopped", _("stopped")
    NO_LETTER = "no-letter", _("no letter reaches her")


class CallOrder(TextChoices):
    URGENT = "urgent", _("most urgent first")
    LONGEST = "longest", _("longest waiting first")
    NAME = "name", _("by name")
