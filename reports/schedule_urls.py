from django.urls import path

from reports import schedule_views

urlpatterns = [
    path("", schedule_views.schedules, name="schedules"),
    path("new/", schedule_views.new, name="new_schedule"),
    path("<int:schedule_id>/", schedule_views.tap, name="tap_schedule"),
    path("<int:schedule_id>/change/", schedule_views.change, name="change_schedule"),
]
