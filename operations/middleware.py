from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ContentPolicyMiddleware(CSPMiddleware):
    """One policy for everyone; the editor under /admin/ needs the relaxed one."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.path_info.startswith("/admin/"):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return super().process_response(request, response)


class EmptyAnswerMiddleware:
    """Thirty phones ask every two seconds and mostly hear "nothing new": that needs no rules for a page."""

    KEPT = ("cache-control", "stepin-state")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 204:
            for name in [name for name in response.headers if name.lower() not in self.KEPT]:
                del response.headers[name]
            response.headers["Cache-Control"] = "no-store"
        return response
