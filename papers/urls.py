from django.urls import path

from papers import views

app_name = "papers"
urlpatterns = [
    path("papers/<uuid:key>/", views.job, name="job"),
    path("papers/<uuid:key>.<slug:ending>", views.file, name="file"),
    path("papers/<uuid:key>/again/", views.again, name="again"),
]
