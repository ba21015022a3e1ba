from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AttemptKind(TextChoices):
    """What the learner did at a step; `read` fits an instruction, and so on."""

    READ = "read", _("read")
    ANSWER = "answer", _("answered")
    PRACTICE = "practice", _("practised")
    REAL = "real", _("did it for real")


class Refusal(TextChoices):
    """Why an event was not taken; the value is what the browser is told."""

    MALFORMED = "malformed", _("The message was damaged.")
    UNKNOWN_STEP = "unknown-step", _("This step does not exist.")
    WRONG_KIND = "wrong-kind", _("This is not what the step asks.")
    BAD_MARK = "bad-mark", _("The result was not a number from 0 to 1.")
    BAD_TIME = "bad-time", _("The time was not readable.")
    NOT_YOURS = "not-yours", _("Somebody else did this.")
