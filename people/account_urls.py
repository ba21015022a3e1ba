"""Under /accounts/, before django-allauth's own: same address and same name, so that its redirects find ours."""

from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView

from people import account_views as views

to_methods = RedirectView.as_view(pattern_name="sign_in_methods")

urlpatterns = [
    path("", views.sign_in_methods, name="sign_in_methods"),
    path("second-factor/", views.set_up_second_factor, name="second_factor"),
    path("login/code/confirm/", views.ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("2fa/", to_methods, name="mfa_index"),
    path("2fa/totp/activate/", views.ActivateAppView.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/", to_methods, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("2fa/recovery-codes/", views.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
]
of_phones = [
    path("phone/change/", views.ChangePhoneView.as_view(), name="account_change_phone"),
    path("phone/verify/", views.verify_phone, name="account_verify_phone"),
    path("phone/remove/", views.remove_phone, name="remove_phone"),
]
if settings.SMS_URL:
    urlpatterns += of_phones
