from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learners import peers
from learners.access import cohorts_of
from learners.views import for_trainers, signed_in
from people.sent import as_row_id


@require_POST
@for_trainers
def helpers(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Name a learner of hers as a helper, or end that."""
    cohort = get_object_or_404(cohorts_of(signed_in(request)), pk=cohort_id)
    learner = get_object_or_404(cohort.learners, pk=as_row_id(request.POST.get("learner", "")))
    if request.POST.get("do") == "end":
        peers.end_helping(cohort, learner)
    else:
        try:
            peers.name_helper(cohort, learner)
        except peers.HasFinishedNothing:
            messages.error(request, _("%(name)s has not finished a module yet.") % {"name": learner})
    return redirect("learners:cohort", cohort.pk)
