from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from courses.sound_views import recording
from people import views as people_views

urlpatterns = [
    # One door for everybody who signs in, editors too.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("people.account_urls")),  # ours first, where both have a page
    path("accounts/", include("allauth.urls")),
    path("language/", people_views.choose_language, name="choose_language"),
    path("media/recordings/<path:name>", recording, name="recording"),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    path("", include("people.urls")),
    path("", include("learners.urls")),
    path("", include("funding.urls")),
    path("", include("classrooms.urls")),
    path("", include("certificates.urls")),
    path("", include("reminders.urls")),
    path("", include("papers.urls")),
    path("", include("reports.urls")),
    path("", include("operations.urls")),
]
# The agenda before the modules, whose addresses are words too.
urlpatterns += i18n_patterns(path("", include("classrooms.agenda_urls")), path("", include("courses.urls")))
