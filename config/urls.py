from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from people import views as people_views

urlpatterns = [
    # One door for everybody who signs in, editors too.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("language/", people_views.choose_language, name="choose_language"),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    path("", include("learners.urls")),
    path("", include("certificates.urls")),
    path("", include("reminders.urls")),
    path("", include("operations.urls")),
]
urlpatterns += i18n_patterns(path("", include("courses.urls")))
