from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepKind(TextChoices):
    INSTRUCTION = "instruction", _("instruction")
    QUESTION = "question", _("question")
    PRACTICE = "practice", _("practice")
    REAL = "real", _("do it for real")
