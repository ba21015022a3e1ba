from django.urls import path

from courses import views

app_name = "courses"
urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:slug>/", views.module, name="module"),
    path("<slug:slug>/words/", views.words, name="words"),
    path("<slug:slug>/pack.json", views.pack, name="pack"),
    path("<slug:module_slug>/<slug:lesson_slug>/", views.lesson, name="lesson"),
    path("<slug:module_slug>/<slug:lesson_slug>/<int:number>/", views.step, name="step"),
]
