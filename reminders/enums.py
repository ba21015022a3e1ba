from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a letter is. It leaves `due` and `sending` once, for one of the three others."""

    DUE = "due", _("waits")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("not needed any more")
    FAILED = "failed", _("could not be delivered")


class NoLetter(TextChoices):
    """Why no letter reaches somebody."""

    ADDRESS = "no-address", _("we have no e-mail address")
    STOPPED = "stopped", _("she wants no letters")
    CAME_BACK = "came-back", _("our last letter came back")
