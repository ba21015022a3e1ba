"""django-allauth's pages where ours say or do more; people.account_urls puts them in the place of the originals."""

from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.phone_verification import PHONE_VERIFICATION_SESSION_KEY
from allauth.core.exceptions import RateLimited
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people import second_factor
from people.access import current_person
from people.codes import in_groups
from people.models import User
from people.views import safe_next

NEXT_KEY = "people.after_second_factor"  # where she wanted to go before she was asked to set one up


@never_cache
def sign_in_methods(request: HttpRequest) -> HttpResponse:
    """How I sign in: each way with its state and one thing to do."""
    if not request.user.is_authenticated:
        return render(request, "people/no_account.html", {"guest": current_person(request)})
    person = request.user
    authenticators = Authenticator.objects.filter(user=person).order_by("pk")
    of_type = {kind: [one for one in authenticators if one.type == kind] for kind in Authenticator.Type}
    codes = of_type[Authenticator.Type.RECOVERY_CODES]
    context = {
        "address": person.emailaddress_set.filter(primary=True).first(),
        "passkeys": of_type[Authenticator.Type.WEBAUTHN],
        "has_app": bool(of_type[Authenticator.Type.TOTP]),
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else None,
        "must_have": second_factor.must_have(person),
        "is_asked": second_factor.is_asked_at_sign_in(person),
    }
    return render(request, "people/sign_in_methods.html", context)


@login_required
@never_cache
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """Why, and the choice of two ways; afterwards she goes on to where she wanted."""
    wanted = safe_next(request.GET.get("next", ""), request)
    person = authenticated_user(request)
    if second_factor.has_any(person):
        return redirect(wanted if wanted != "/" else "sign_in_methods")
    request.session[NEXT_KEY] = "" if wanted == "/" else wanted
    return render(request, "people/second_factor.html", {"must_have": second_factor.must_have(person)})


@require_POST
@login_required
def remove_phone(request: HttpRequest) -> HttpResponse:
    User.objects.filter(pk=request.user.pk).update(phone="", proven_phone="")
    messages.success(request, _("We took your phone number away."))
    return redirect("sign_in_methods")


class ConfirmLoginCodeView(account.ConfirmLoginCodeView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        if not getattr(self, "_process", None) and not request.user.is_authenticated:
            messages.error(request, _("This code is too old, or it was used. Please ask for a new one."))
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        if self._action == "resend" and self._process.user is None:
            # Nobody has this address or number: what she sees is the same, and allauth would fail on a number.
            self._process.record_resend()
            self._process.persist()
            return redirect(self.request.get_full_path())
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        messages.error(self.request, _("This was not the code, three times. Please ask for a new one."))
        return redirect(self.passthrough_next_url(reverse("account_request_login_code")))


class ChangePhoneView(account.ChangePhoneView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except RateLimited:
            form.add_error("phone", get_adapter().error_messages["rate_limited"])
            return self.form_invalid(form)


@login_required
def verify_phone(request: HttpRequest) -> HttpResponse:
    """allauth ends silently when a code is too old or was wrong three times; we say so."""
    waiting = request.session.get(PHONE_VERIFICATION_SESSION_KEY)
    response = account.verify_phone(request)
    is_over = PHONE_VERIFICATION_SESSION_KEY not in request.session
    if (
        waiting
        and is_over
        and not User.objects.signing_in_by_phone(waiting["phone"]).filter(pk=request.user.pk).exists()
    ):
        messages.error(request, _("This code does not count any more. Please ask for a new one."))
    return response


class ActivateAppView(ActivateTOTPView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "secret": in_groups(context["form"].secret)}

    def get_success_url(self) -> str:
        return _after_set_up(self.request, Authenticator.Type.TOTP)


class AddPasskeyView(AddWebAuthnView):
    def get_success_url(self) -> str:
        return _after_set_up(self.request, Authenticator.Type.WEBAUTHN)


def _after_set_up(request: HttpRequest, kind: str) -> str:
    """Where to: the codes to print when they are new, else on to where she wanted to go."""
    person = authenticated_user(request)
    theirs = Authenticator.objects.filter(user=person)
    second_factor.prove(request, theirs.filter(type=kind).latest("pk"))
    wanted = request.session.pop(NEXT_KEY, "")
    codes = theirs.filter(type=Authenticator.Type.RECOVERY_CODES)
    if not second_factor.is_asked_at_sign_in(person):
        codes.delete()  # a learner's passkey is one more way in: nothing to recover from
    elif (first := codes.first()) and not first.wrap().did_view:
        return f"{reverse('mfa_view_recovery_codes')}?{urlencode({'next': wanted})}"
    return wanted or reverse("sign_in_methods")


class RecoveryCodesView(ViewRecoveryCodesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        onward = safe_next(self.request.GET.get("next", ""), self.request)
        codes = [in_groups(code) for code in context["unused_codes"]]
        return {**context, "codes": codes, "onward": onward if onward != "/" else reverse("sign_in_methods")}
