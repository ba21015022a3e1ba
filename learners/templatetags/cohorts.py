"""What a trainer's pages say about a cohort beside its progress."""

from typing import Any

from django import template

from learners.inviting import invitations_to
from learners.inviting_forms import InviteForm
from learners.models import Cohort
from learners.peers import candidates

register = template.Library()


@register.inclusion_tag("learners/who_leads.html", takes_context=True)
def who_leads(context: dict[str, Any], cohort: Cohort) -> dict[str, Any]:
    trainers = list(cohort.trainers.order_by("name", "pk"))
    form = InviteForm(cohort=cohort)
    return {
        "cohort": cohort,
        "trainers": trainers,
        "asked": list(cohort.invitations.open().select_related("person").order_by("invited_at", "pk")),
        "form": form,
        # Its first choice is none.
        "may_invite": len(form["colleague"].subwidgets) > 1,
        "me": context["request"].user,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("learners/helpers.html", takes_context=True)
def helpers(context: dict[str, Any], cohort: Cohort) -> dict[str, Any]:
    return {
        "cohort": cohort,
        "candidates": candidates(cohort, context["table"]),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("learners/invitations.html", takes_context=True)
def invitations(context: dict[str, Any]) -> dict[str, Any]:
    return {
        "invitations": list(invitations_to(context["request"].user)),
        "csrf_token": context.get("csrf_token"),
    }
