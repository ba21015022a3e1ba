from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from learners import helped
from learners.views import for_a_person
from people.access import current_person
from people.views import safe_next


@require_POST
@for_a_person
def switch(request: HttpRequest) -> HttpResponse:
    """Somebody sits beside her from now on, or no longer."""
    person = current_person(request)
    assert person is not None
    response = redirect(safe_next(request.POST.get("next", ""), request))
    if request.POST.get("do") == "begin":
        helped.begin(response, person, now=timezone.now())
    else:
        helped.end(response)
    return response
