"""From a row to a message, in the language of whoever reads it."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from people import codes
from reminders.actions import preference_of
from reminders.kinds import kind_of
from reminders.models import Letter


def stop_url(token: str) -> str:
    return settings.BASE_URL + reverse("reminders:stop", args=[codes.in_groups(token)])


def compose(letter: Letter) -> EmailMultiAlternatives:
    """The message for `letter.person`, in `letter.language`. Made twice, it carries the same Message-ID."""
    with translation.override(letter.language):
        url = stop_url(preference_of(letter.person).token)
        context: dict[str, Any] = {
            "name": letter.person.name,
            "language": letter.language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "stop_url": url,
            "base_url": settings.BASE_URL,
            **kind_of(letter).context(letter),
        }
        folder = f"reminders/{letter.kind}"
        # One line: a title with a line break in it must not become a header of its own.
        context["subject"] = " ".join(render_to_string(f"{folder}/subject.txt", context).split())
        message = EmailMultiAlternatives(
            subject=context["subject"],
            body=render_to_string(f"{folder}/body.txt", context).strip() + "\n",
            to=[letter.person.email],
            headers={
                "Message-ID": letter.message_id,
                "Content-Language": letter.language,
                # RFC 3834: no answering machine answers this.
                "Auto-Submitted": "auto-generated",
                # RFC 8058: mail programs show their own button and POST to this address.
                "List-Unsubscribe": f"<{url}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        message.attach_alternative(render_to_string(f"{folder}/body.html", context), "text/html")
    return message
