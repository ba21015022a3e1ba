from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from operations import health


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    findings = health.findings()
    is_ready = all(finding.is_ok for finding in findings)
    response = JsonResponse(
        {"ready": is_ready, "checks": {finding.name: finding.why for finding in findings}},
        status=200 if is_ready else 503,
    )
    # A 503 here is an answer, not a fault: Django must not log an error at every look of a monitor.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
