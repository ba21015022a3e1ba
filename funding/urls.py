from django.urls import path

from funding import views

app_name = "funding"
urlpatterns = [
    path("me/funding/<int:project_id>/", views.questions, name="questions"),
    path("me/funding/<int:project_id>/leaving/", views.on_leaving, name="on_leaving"),
    path("me/funding/<int:project_id>/nothing/", views.nothing, name="nothing"),
    path("teach/<int:cohort_id>/funding/", views.paper, name="paper"),
]
