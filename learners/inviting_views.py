from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learners import inviting
from learners.access import cohorts_of
from learners.inviting_forms import InviteForm
from learners.models import Cohort
from learners.views import for_trainers, signed_in
from people.sent import as_row_id


def _cohort(request: HttpRequest, cohort_id: int) -> Cohort:
    return get_object_or_404(cohorts_of(signed_in(request)), pk=cohort_id)


@require_POST
@for_trainers
def invite(request: HttpRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    form = InviteForm(request.POST, cohort=cohort)
    if form.is_valid():
        colleague = form.cleaned_data["colleague"]
        inviting.invite(cohort, colleague, by=signed_in(request), now=timezone.now())
        messages.success(
            request, _("%(name)s is asked, and answers under “My learners”.") % {"name": colleague}
        )
    else:
        messages.error(request, _("Nobody was asked. Choose a colleague of the list."))
    return redirect("learners:cohort", cohort.pk)


@require_POST
@for_trainers
def take_back(request: HttpRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    asked = get_object_or_404(cohort.invitations.open(), person=as_row_id(request.POST.get("colleague", "")))
    inviting.take_back(cohort, asked.person)
    return redirect("learners:cohort", cohort.pk)


@require_POST
@for_trainers
def step_back(request: HttpRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    try:
        inviting.step_back(cohort, signed_in(request))
    except inviting.LastTrainer:
        messages.error(request, _("Nobody else leads this cohort. Invite a colleague first."))
        return redirect("learners:cohort", cohort.pk)
    messages.success(request, _("You no longer lead “%(cohort)s”.") % {"cohort": cohort})
    # Who leads nothing any more, and is no member either, has no page of her own among the trainers'.
    return redirect("learners:me")


@require_POST
@for_trainers
def answer(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Yes or no to an invitation of hers; one that was taken back is gone."""
    me = signed_in(request)
    invitation = get_object_or_404(me.invitations.open().select_related("cohort"), pk=invitation_id)
    try:
        inviting.answer(invitation, is_accepted=request.POST.get("do") == "yes", now=timezone.now())
    except inviting.NotOfOrganisation:
        messages.error(request, _("You cannot lead this cohort: you are no trainer there any more."))
    return redirect("learners:teach")
