from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.translation import gettext as _

from certificates import issuing
from certificates.models import Credential
from learners.models import ModuleCompletion
from papers.signs import unprintable
from people.models import User

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """Planned minutes, as people say them."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": whole}
    return _("%(hours)d h %(minutes)d min") % {"hours": whole, "minutes": rest}


@register.inclusion_tag("certificates/my_certificates.html", takes_context=True)
def my_certificates(context: RequestContext) -> dict[str, Any]:
    """The reader's certificates, and what keeps those she has earned from being issued. For /me/."""
    person: User | None = context.get("person") or None
    if not person:
        return {"credentials": [], "waiting": []}
    return {
        "credentials": Credential.objects.current().filter(person=person).order_by("-issued_at"),
        "waiting": [waiting(completion) for completion in issuing.without_credential(person)],
    }


@register.inclusion_tag("certificates/certificate_for.html")
def certificate_for(completion: ModuleCompletion | None) -> dict[str, Any]:
    """The way from a finished module to its certificate. Nothing when it is not finished."""
    if completion is None:
        return {}
    if credential := Credential.objects.current().filter(completion=completion).first():
        return {"credential": credential}
    return waiting(completion)


def waiting(completion: ModuleCompletion) -> dict[str, Any]:
    """Why there is no credential yet: no name, a sign we cannot print, or it will be there in a moment."""
    name = completion.enrolment.person.name
    return {
        "completion": completion,
        "title": completion.contents.get("title") or completion.enrolment.module.title,
        "needs_name": not name,
        "signs": " ".join(unprintable(name)),
    }
