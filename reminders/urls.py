from django.urls import path

from reminders import views

app_name = "reminders"
urlpatterns = [
    path("reminders/stop/<str:token>/", views.stop, name="stop"),
    path("reminders/resume/<str:token>/", views.resume, name="resume"),
]
