"""The addresses of a site whose operator gave SMS_URL."""

from django.urls import include, path

from config.urls import urlpatterns as without_sms
from people.account_urls import of_phones

urlpatterns = [path("accounts/", include(of_phones)), *without_sms]
