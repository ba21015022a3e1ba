"""What is said on the phone, whatever the call is about."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from classrooms.reasons import Why


def greeting(*, name: str, caller: str, organisation: str) -> str:
    """In the language of the moment. `name` may be empty."""
    who = {"name": apart(name), "trainer": apart(caller), "organisation": apart(organisation)}
    if name:
        return _("Hello %(name)s, this is %(trainer)s of %(organisation)s.") % who
    return _("Hello, this is %(trainer)s of %(organisation)s.") % who


def about(reasons: Iterable[Why]) -> str:
    """After the greeting: why she is called, and a question that is easy to answer."""
    said = [one.said() for one in reasons]
    return " ".join(filter(None, [*said, _("How are you? What can we do for you?")]))


def apart(text: str) -> str:
    """First strong isolate: a Latin name in an Arabic sentence moves nothing around it."""
    return f"\u2068{text}\u2069"
