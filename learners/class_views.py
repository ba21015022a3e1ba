"""What a trainer needs to let people in: the class, cards, and computers that many use."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learners.access import cohorts_of
from learners.card_forms import CardsForm
from learners.card_list import card_rows
from learners.handout import HANDOUT
from learners.handout_forms import HandoutForm
from learners.models import Cohort
from learners.papers import CARDS
from learners.views import for_trainers, signed_in
from papers.views import press
from people import class_computer as class_mode
from people import guests
from people.cards import cancel_lost
from people.sent import as_row_id


def _cohort(request: HttpRequest, cohort_id: int) -> Cohort:
    return get_object_or_404(cohorts_of(signed_in(request)), pk=cohort_id)


@require_POST
@for_trainers
def class_computer(request: HttpRequest) -> HttpResponse:
    """This browser is one of the class, or no longer."""
    response = redirect("learners:teach")
    if request.POST.get("class_computer") != "on":
        class_mode.take_cookie(response)
        return response
    class_mode.give_cookie(response)
    request.session.set_expiry(0)
    if guest := guests.guest_of(request):
        guests.give_cookie(response, guest, ends_with_browser=True)
    return response


@require_http_methods(["GET", "POST"])
@for_trainers
def cards(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """Who has a card; for those chosen new ones are made, on a paper to be printed."""
    cohort = _cohort(request, cohort_id)
    form = CardsForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        params = form.cleaned_data | {
            "cohort": cohort.pk,
            "learners": sorted(learner.pk for learner in form.cleaned_data["learners"]),
        }
        return press(request, CARDS.name, params, title=cohort.name)
    context = {
        "cohort": cohort,
        "form": form,
        "rows": card_rows(cohort, now=timezone.now(), chosen=form.chosen()),
    }
    return render(request, "learners/cards.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_trainers
def handout(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """A module on paper, in the two languages that are chosen."""
    cohort = _cohort(request, cohort_id)
    form = HandoutForm(request.POST or None, language=get_language() or settings.LANGUAGE_CODE)
    if request.method == "POST" and form.is_valid():
        return press(request, HANDOUT.name, form.cleaned_data, title=form.title)
    context = {"cohort": cohort, "form": form}
    return render(request, "learners/handout.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_trainers
def card_lost(request: HttpRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    learner = get_object_or_404(cohort.learners, pk=as_row_id(request.POST.get("learner", "")))
    cancel_lost(learner, now=timezone.now())
    messages.success(request, _("The card of %(name)s opens nothing any more.") % {"name": learner})
    return redirect("learners:cards", cohort.pk)
