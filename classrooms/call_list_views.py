"""People who need a call: a trainer's page, and what the page of a coordinator is made of."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from classrooms import contacts
from classrooms.call_list import call_list, cards
from classrooms.calling_forms import CallForm, WishForm
from classrooms.calling_views import note
from learners.access import cohorts_of
from learners.models import Cohort
from learners.views import for_trainers, signed_in
from people.models import User

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_trainers
def mine(request: HttpRequest) -> HttpResponse:
    return answer(request, cohorts_of(signed_in(request)), template="classrooms/call_list.html")


def answer(request: HttpRequest, cohorts: QuerySet[Cohort], *, template: str) -> HttpResponse:
    """The list of these cohorts, or what became of a call; whoever calls this has looked who asks."""
    caller, now = signed_in(request), timezone.now()
    shown = list(cohorts.prefetch_related("trainers"))
    if request.method == "POST":
        sent = CallForm(request.POST, learners=User.objects.filter(cohorts__in=shown).distinct())
        note(
            request,
            sent,
            reached=lambda person: contacts.reached(person, by=caller, now=now),
            not_reached=lambda person: contacts.take_back(person, sent.cleaned_data["call"], shown),
        )
        return redirect(request.get_full_path())
    names_houses = len({cohort.organisation_id for cohort in shown}) > 1
    form = WishForm(request.GET, cohorts=shown, names_houses=names_houses)
    found = call_list(shown, form.wish, now=now)
    page = Paginator(found.to_call, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "is_narrow": form.wish.is_narrow,
        "names_houses": names_houses,
        "page": page,
        "cards": cards(page.object_list, caller=caller),
        "reached": found.reached[:A_PAGE],
        "reached_count": len(found.reached),
        "without_calls": found.without_calls[:A_PAGE],
        "without_calls_count": len(found.without_calls),
        "as_of": now,
        "peace_days": contacts.PEACE.days,
    }
    return render(request, template, context)
