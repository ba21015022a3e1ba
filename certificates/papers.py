"""The certificates of a class in one PDF, for the printer of its trainer: what was learned, attendance, or both."""

from dataclasses import replace

from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.attending import issue_attendance
from certificates.enums import Kind
from certificates.models import Credential
from certificates.rendering import paper_of
from learners.models import Cohort
from learners.papers import leads_cohort
from papers import kinds
from papers.kinds import NothingToPrint
from papers.models import PrintJob
from papers.rendering import Paper


def compose(job: PrintJob) -> Paper:
    """What is valid now, by name; who has none is told to the trainer. Attendance is attested as it stands today."""
    cohort, wanted = Cohort.objects.get(pk=job.params["cohort"]), job.params["wanted"]
    if Kind.ATTENDANCE in wanted:
        issue_attendance(cohort, now=timezone.now())
    learners = list(cohort.learners.order_by("name", "pk"))
    credentials = list(
        Credential.objects.current()
        .filter(person__in=learners, revoked_at=None, kind__in=wanted)
        .exclude(Q(kind=Kind.ATTENDANCE) & ~Q(cohort=cohort))
        .order_by("person__name", "person", "issued_at", "pk")
    )
    if not credentials:
        raise NothingToPrint(_("Nobody of this class has a certificate yet."))
    have_one = {credential.person_id for credential in credentials}
    none_yet = [str(person) for person in learners if person.pk not in have_one]
    return replace(
        paper_of(credentials),
        filename=f"certificates-{slugify(cohort.name) or cohort.pk}.pdf",
        remarks=[_("No certificate yet: %(names)s") % {"names": ", ".join(none_yet)}] if none_yet else [],
    )


OF_A_CLASS = kinds.Kind("certificates", gettext_lazy("Certificates of a class"), leads_cohort, compose)
kinds.register(OF_A_CLASS)
