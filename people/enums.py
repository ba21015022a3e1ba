from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReviewStatus(TextChoices):
    """How far a language of the site can be trusted."""

    MACHINE = "machine", _("made by a machine, not read yet")
    PARTLY = "partly", _("partly read by a native speaker")
    REVIEWED = "reviewed", _("read by a native speaker")


class Role(TextChoices):
    LEARNER = "learner", _("learner")
    TRAINER = "trainer", _("trainer")
    COORDINATOR = "coordinator", _("coordinator")
    MEDIATOR = "mediator", _("mediator")


# Their own devices pass through many hands, and they see what others did.
WORKS_WITH_LEARNERS = (Role.TRAINER, Role.COORDINATOR, Role.MEDIATOR)


class PinKind(TextChoices):
    """What opens a card. The value is the first sign of the card's code."""

    PICTURES = "P", _("3 pictures")
    DIGITS = "D", _("4 digits")


class CardEnd(TextChoices):
    """Why a card works no more."""

    REPLACED = "replaced", _("a new card was made")
    LOST = "lost", _("cancelled by the trainer")
    TRIES = "tries", _("too many wrong tries")
    MERGED = "merged", _("her work moved to her account")
