from typing import Any

from django import template

from people import sms
from people.phones import in_groups

register = template.Library()
register.filter("phone", in_groups)


@register.simple_tag(takes_context=True)
def passkeys_work(context: dict[str, Any]) -> bool:
    """Browsers make passkeys for HTTPS and for localhost only, never for a bare IP address."""
    request = context["request"]
    host = request.get_host().rpartition(":")[0] or request.get_host()
    is_address = host.replace(".", "").isdigit() or host.startswith("[")
    return host == "localhost" or (request.is_secure() and not is_address)


@register.simple_tag
def sms_works() -> bool:
    return sms.is_possible()
