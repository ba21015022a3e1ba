from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learners.access import learners_of
from learners.collecting import CannotTake, Taken, read_bundle
from learners.collecting import collect as take
from learners.collecting_forms import CollectForm
from learners.views import for_trainers, signed_in


@for_trainers
def collect(request: HttpRequest) -> HttpResponse:
    """A trainer takes the steps that learners hand her. Each file by itself: one that is damaged stops no other."""
    trainer = signed_in(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CollectForm(*sent, learners=learners_of(trainer))
    taken: list[Taken] = []
    if form.is_bound and form.is_valid():
        for name, text in form.bundles():
            try:
                bundle = read_bundle(text)
                taken.append(take(trainer, bundle, named=form.cleaned_data["learner"]))
            except CannotTake as refusal:
                form.add_error(None, f"{name}: {refusal.message}" if name else refusal.message)
    context: dict[str, Any] = {"form": form, "taken": taken}
    return render(request, "learners/collect.html", context, status=422 if form.errors else 200)
