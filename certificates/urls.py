from django.urls import path

from certificates import views

app_name = "certificates"

urlpatterns = [
    path("certificates/name/", views.give_name, name="give_name"),
    path("certificates/<str:code>.pdf", views.certificate_pdf, name="pdf"),
    path("certificates/<str:code>/", views.certificate, name="certificate"),
    path("certificates/<str:code>/name/", views.correct_name, name="correct_name"),
    path("teach/<int:cohort_id>/certificates/", views.class_paper, name="class_paper"),
    path("verify/", views.verify, name="verify"),
    path("verify/<str:code>/", views.verify_code, name="verify_code"),
]
