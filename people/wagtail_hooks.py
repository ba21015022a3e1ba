"""Organisations and who belongs to them, for the administrator."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from people.models import LanguageReview, Membership, Organisation


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "home"
    list_display = ("name", "place", "enterprise_number", "is_default_issuer")
    panels = (
        FieldPanel("name"),
        FieldPanel("place"),
        FieldPanel("enterprise_number"),
        FieldPanel("is_default_issuer"),
        MultiFieldPanel(
            [
                FieldPanel("contact_phone"),
                FieldPanel("contact_hours"),
                FieldPanel("contact_place"),
                FieldPanel("contact_email"),
            ],
            heading=_("Contact card"),
            help_text=_("Learners see it on the help page."),
        ),
    )


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "group"
    list_display = ("user", "role", "organisation")
    list_filter = ("organisation", "role")
    panels = (FieldPanel("user"), FieldPanel("organisation"), FieldPanel("role"))


class LanguageReviewViewSet(SnippetViewSet):
    model = LanguageReview
    icon = "globe"
    menu_label = _("Languages read")
    menu_order = 610
    add_to_admin_menu = True
    list_display = ("language", "status", "reviewed_by", "reviewed_on")
    panels = (
        FieldPanel("language"),
        FieldPanel("status"),
        FieldPanel("reviewed_by"),
        FieldPanel("reviewed_on"),
    )


register_snippet(LanguageReviewViewSet)


@register_snippet
class Organisations(SnippetViewSetGroup):
    items = (OrganisationViewSet, MembershipViewSet)
    menu_label = _("Organisations")
    menu_icon = "home"
    menu_order = 600
