from django.urls import path

from classrooms import agenda_views

app_name = "agenda"
urlpatterns = [
    path("agenda/", agenda_views.classes, name="classes"),
    path("agenda/<int:session_id>/", agenda_views.one_class, name="class"),
]
