from django.urls import path

from learners import views

app_name = "learners"
urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("me/", views.me, name="me"),
    path("me/name/", views.change_name, name="name"),
    path("me/data/", views.my_data, name="my_data"),
    path("me/data.json", views.my_data_json, name="my_data_json"),
    path("me/delete/", views.delete_me, name="delete_me"),
    path("teach/", views.teach, name="teach"),
    path("teach/calls/", views.calls, name="calls"),
    path("teach/<int:cohort_id>/", views.cohort, name="cohort"),
]
