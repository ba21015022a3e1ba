from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest


class ContentPolicyMiddleware(CSPMiddleware):
    """One policy for everyone; the editor under /admin/ needs the relaxed one."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.path_info.startswith("/admin/"):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return super().process_response(request, response)
