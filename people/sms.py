"""Short messages, through whatever service the operator's SMS_URL names."""

from urllib.parse import quote

from django.conf import settings

PLACE = "{phone}"  # where SMS_URL takes the number


class NotSent(Exception):
    """The service did not take the message."""


def is_possible() -> bool:
    return bool(settings.SMS_URL)


def service(url: str, phone: str):
    """The apprise service that writes to `phone` (E.164); None when apprise does not know `url`."""
    from apprise import Apprise  # 0.3 s, needed only where short messages are sent

    return Apprise.instantiate(url.replace(PLACE, quote(phone, safe="")))


def send(phone: str, text: str) -> None:
    """Waits for the service: 8 seconds at the most. Raises NotSent."""
    to = service(settings.SMS_URL, phone)
    if not (to and to.notify(body=text)):
        raise NotSent(phone)
