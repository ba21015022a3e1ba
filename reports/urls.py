from django.urls import include, path

from reports import call_views, class_views, funding_views, views, xapi_pull, xapi_views
from reports.stuck import views as stuck_views

app_name = "reports"
urlpatterns = [
    path("reports/", views.overview, name="overview"),
    path("reports/calls/", call_views.calls, name="calls"),
    path("reports/numbers.csv", views.csv, name="csv"),
    path("reports/numbers.xlsx", views.xlsx, name="xlsx"),
    path("reports/report.pdf", views.pdf, name="pdf"),
    path("reports/schedules/", include("reports.schedule_urls")),
    path("reports/stuck/", stuck_views.page, name="stuck"),
    path("reports/stuck/numbers.csv", stuck_views.csv, name="stuck_csv"),
    path("reports/stuck/numbers.xlsx", stuck_views.xlsx, name="stuck_xlsx"),
    path("reports/stuck/report.pdf", stuck_views.pdf, name="stuck_pdf"),
    path("reports/classes/", class_views.classes, name="classes"),
    path("reports/classes/list.csv", class_views.csv, name="classes_csv"),
    path("reports/classes/list.xlsx", class_views.xlsx, name="classes_xlsx"),
    path("reports/funding/", funding_views.projects, name="funding"),
    path("reports/funding/new/<int:organisation_id>/", funding_views.new, name="funding_new"),
    path("reports/funding/<int:project_id>/", funding_views.project, name="funding_project"),
    path("reports/funding/<int:project_id>/change/", funding_views.change, name="funding_change"),
    path("reports/funding/<int:project_id>/switch/", funding_views.switch, name="funding_switch"),
    path("reports/funding/<int:project_id>/numbers.csv", funding_views.csv, name="funding_csv"),
    path("reports/funding/<int:project_id>/numbers.xlsx", funding_views.xlsx, name="funding_xlsx"),
    path("reports/funding/<int:project_id>/report.pdf", funding_views.pdf, name="funding_pdf"),
    path("reports/xapi/", xapi_views.learning_records, name="learning_records"),
    path("reports/xapi/<int:organisation_id>/file/", xapi_views.write_file, name="write_file"),
    path("reports/xapi/<int:organisation_id>/keys/", xapi_views.make_key, name="make_key"),
    path("reports/xapi/keys/<int:key_id>/revoke/", xapi_views.revoke_key, name="revoke_key"),
    path("reports/xapi/statements", xapi_pull.statements, name="statements"),
]
