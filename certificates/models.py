"""What is issued is a copy: a credential keeps its own name, words, hours, dates and issuer."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from certificates.enums import Kind
from certificates.querysets import CredentialQuerySet
from courses.models import Module
from learners.models import Cohort, ModuleCompletion
from people.codes import in_groups, new_code

CODE_LENGTH = 10


def new_credential_code() -> str:
    return new_code(CODE_LENGTH)


def paper_storage() -> Storage:
    return storages["certificates"]


def paper_path(credential: "Credential", _filename: str = "") -> str:
    # Two letters a folder: a region has more certificates than a folder likes.
    return f"{credential.code[:2]}/{credential.code}.pdf"


class Credential(models.Model):
    """Attests that a person finished a module, or that she attended classes; the certificate is its PDF.

    Of attendance `minutes_planned` are those of the classes held, `minutes_attended` hers, in `sessions_attended`.
    `texts` is {language: {"language": the one it is really written in, "title", "can_do": [lines]}} for
    `help_language` and `screen_language`. The name is empty once the person has left; the code stays good.
    """

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_credential_code, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="credentials"
    )
    completion = models.ForeignKey(ModuleCompletion, models.SET_NULL, null=True, related_name="credentials")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ACHIEVEMENT)
    module = models.ForeignKey(Module, models.PROTECT, null=True, related_name="credentials")
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, related_name="credentials")
    # The copy.
    name = models.CharField(max_length=100, blank=True)
    texts = models.JSONField()
    help_language = models.CharField(max_length=8)
    screen_language = models.CharField(max_length=8)
    digcomp = models.JSONField(default=list)
    digcomp_version = models.CharField(max_length=8, default="2.2")
    minutes_planned = models.PositiveIntegerField()
    minutes_attended = models.PositiveIntegerField(null=True)
    sessions_attended = models.PositiveIntegerField(null=True)
    # A trainer saw her do the practice alone.
    is_supervised = models.BooleanField(default=False)
    started_on = models.DateField()
    completed_on = models.DateField()
    issued_at = models.DateTimeField(default=timezone.now)
    issuer_name = models.CharField(max_length=200)
    issuer_number = models.CharField(max_length=20, blank=True)
    issuer_place = models.CharField(max_length=100, blank=True)
    # What became of it.
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=200, blank=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")
    # The paper. `render_due_at` is when a worker may take it up: claiming moves it past the lease,
    # a failure past a growing delay.
    pdf = models.FileField(storage=paper_storage, upload_to=paper_path, max_length=100, blank=True)
    rendered_at = models.DateTimeField(null=True)
    render_due_at = models.DateTimeField(default=timezone.now)
    render_failures = models.PositiveIntegerField(default=0)
    render_error = models.CharField(max_length=200, blank=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "completion", condition=Q(superseded_by=None), name="one_current_credential_a_completion"
            ),
            models.UniqueConstraint(
                "person",
                "cohort",
                condition=Q(superseded_by=None, kind=Kind.ATTENDANCE),
                name="one_current_attendance_a_cohort",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.ACHIEVEMENT, module__isnull=False, minutes_attended=None)
                | Q(
                    kind=Kind.ATTENDANCE, completion=None, minutes_attended__isnull=False, is_supervised=False
                ),
                name="attests_one_kind_of_thing",
            ),
            models.CheckConstraint(condition=~Q(superseded_by=F("pk")), name="not_superseded_by_itself"),
            models.CheckConstraint(
                condition=Q(started_on__lte=F("completed_on")), name="started_before_completed"
            ),
            models.CheckConstraint(condition=Q(rendered_at=None) | ~Q(pdf=""), name="rendered_has_a_file"),
        ]
        indexes: ClassVar = [
            models.Index("render_due_at", condition=Q(rendered_at=None), name="credentials_to_print"),
        ]

    def __str__(self) -> str:
        return in_groups(self.code)

    def get_absolute_url(self) -> str:
        return reverse("certificates:certificate", args=[self.code])

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.superseded_by_id is None

    @property
    def is_printed(self) -> bool:
        return self.rendered_at is not None

    @property
    def is_of_attendance(self) -> bool:
        return self.kind == Kind.ATTENDANCE

    @property
    def readable_code(self) -> str:
        return in_groups(self.code)

    @property
    def verify_url(self) -> str:
        """Absolute: it stands on paper."""
        return settings.BASE_URL + reverse("certificates:verify_code", args=[self.code])

    @property
    def text(self) -> dict[str, Any]:
        """Its words in the reader's language if it has them, else in the holder's."""
        return self.texts.get(get_language() or "") or self.texts[self.help_language]
