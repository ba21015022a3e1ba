"""Files of what a page shows: who asks for one asks with the page's own form."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

F = TypeVar("F", bound=Form)
View = Callable[[HttpRequest], HttpResponseBase]


def asked_with(
    form_of: Callable[[HttpRequest], F], *, page: str
) -> Callable[[Callable[[HttpRequest, F], HttpResponseBase]], View]:
    """The view gets the form, valid; a question that cannot be read goes back to its page, which says why."""

    def decorator(view: Callable[[HttpRequest, F], HttpResponseBase]) -> View:
        @wraps(view)
        def inner(request: HttpRequest) -> HttpResponseBase:
            form = form_of(request)
            if not form.is_valid():
                return redirect(f"{reverse(page)}?{request.GET.urlencode()}")
            return view(request, form)

        return inner

    return decorator
