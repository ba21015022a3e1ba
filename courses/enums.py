from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepKind(TextChoices):
    INSTRUCTION = "instruction", _("instruction")
    QUESTION = "question", _("question")
    PRACTICE = "practice", _("practice")
    REAL = "real", _("do it for real")


class SpokenKind(TextChoices):
    """What a recording says."""

    STEP = "step", _("Step")
    ANSWER = "answer", _("Answer")
    EXPLANATION = "explanation", _("What is said after this answer")


class LinkStatus(TextChoices):
    """What became of the last visit to a link, in words for an editor."""

    NEW = "new", _("not visited yet")
    WORKS = "works", _("works")
    UNSURE = "unsure", _("a program cannot try this one")
    GONE = "gone", _("the site says that this page does not exist")
    FAULT = "fault", _("the site has a fault")
    SILENT = "silent", _("the site does not answer")
    NO_NAME = "no-name", _("there is no site of this name")
    UNSAFE = "unsafe", _("the connection is not safe")
    CIRCLES = "circles", _("the site sends people in circles")
    PRIVATE = "private", _("an address inside a private network")


FAILURES = frozenset(LinkStatus) - {LinkStatus.NEW, LinkStatus.WORKS, LinkStatus.UNSURE}
