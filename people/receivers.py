from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from people import reviews
from people.access import forget_reader
from people.class_computer import is_class_computer
from people.models import LanguageReview, User


@receiver([post_save, post_delete], sender=LanguageReview)
def follow_reviews(sender: Any, **kwargs: Any) -> None:
    reviews.forget()


@receiver(user_logged_in)
def end_with_the_browser(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    if request is None:
        return
    forget_reader(request)
    if is_class_computer(request):
        request.session.set_expiry(0)


@receiver(user_logged_out)
def leave_nothing_behind(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """What a browser keeps of her (pages, what waits to be sent) goes with her; see PersonMiddleware."""
    forget_reader(request)
    rotate_token(request)
    request.somebody_left = True  # type: ignore[attr-defined]
