from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a credential attests."""

    ACHIEVEMENT = "achievement", _("what was learned")
    ATTENDANCE = "attendance", _("attendance")
