import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import User


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("First set up the app or a passkey."),
        "incorrect_code": _("This is not right. Please try once more."),
    }

    def build_totp_svg(self, url: str) -> str:
        """For a page with a strict policy: an element without any style of its own."""
        return segno.make(url, error="m").svg_inline(
            border=4, omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff"
        )

    def _get_site_name(self) -> str:
        return "StepIn"

    def get_totp_label(self, user: User) -> str:
        return user.username or str(user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - theirs
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}
