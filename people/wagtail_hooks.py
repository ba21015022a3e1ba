"""Organisations and who belongs to them, for the administrator."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from people.models import Membership, Organisation


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "home"
    list_display = ("name", "place", "enterprise_number", "is_default_issuer")
    panels = (
        FieldPanel("name"),
        FieldPanel("place"),
        FieldPanel("enterprise_number"),
        FieldPanel("is_default_issuer"),
    )


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "group"
    list_display = ("user", "role", "organisation")
    list_filter = ("organisation", "role")
    panels = (FieldPanel("user"), FieldPanel("organisation"), FieldPanel("role"))


@register_snippet
class Organisations(SnippetViewSetGroup):
    items = (OrganisationViewSet, MembershipViewSet)
    menu_label = _("Organisations")
    menu_icon = "home"
    menu_order = 600
