from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from learners.access import cohorts_of, learners_of
from learners.enlisting import enlist
from learners.enlisting_forms import EnlistForm
from learners.views import for_trainers, signed_in


@require_http_methods(["GET", "POST"])
@for_trainers
def names(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Learners from a list of names; their cards are the next thing she needs."""
    trainer = signed_in(request)
    cohort = get_object_or_404(cohorts_of(trainer), pk=cohort_id)
    # Of where else somebody learns she is told only what she leads herself.
    known = learners_of(trainer).prefetch_related(Prefetch("cohorts", cohorts_of(trainer)))
    form = EnlistForm(request.POST if request.method == "POST" else None, known=list(known))
    if form.is_bound and form.is_valid():
        people = enlist(
            cohort,
            form.lines,
            same=form.same(),
            help_language=form.cleaned_data["help_language"],
            seed=form.cleaned_data["seed"],
        )
        told = ngettext(
            "%(n)d person is on your list. Print a card for those who have none.",
            "%(n)d people are on your list. Print cards for those who have none.",
            len(people),
        )
        messages.success(request, told % {"n": len(people)})
        return redirect("learners:cards", cohort.pk)
    context = {"cohort": cohort, "form": form}
    return render(request, "learners/enlist.html", context, status=422 if form.is_bound else 200)
