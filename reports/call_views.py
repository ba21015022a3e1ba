from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from classrooms import call_list_views
from learners.access import cohorts_coordinated_by
from learners.views import signed_in
from reports.access import organisations_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def calls(request: HttpRequest) -> HttpResponse:
    """The trainers' list, of all cohorts of her organisations."""
    coordinator = signed_in(request)
    if not organisations_of(coordinator):
        raise Http404
    return call_list_views.answer(request, cohorts_coordinated_by(coordinator), template="reports/calls.html")
