from django.urls import path

from people import entrance_views, views

app_name = "people"
urlpatterns = [
    path("comfort/", views.choose_comfort, name="comfort"),
    path("help/", views.help_page, name="help"),
    path("teach/contact/", views.contact_cards, name="contact_cards"),
    path("teach/contact/<int:organisation_id>/", views.contact_card, name="contact_card"),
    path("me/resume/", entrance_views.my_code, name="my_code"),
    path("me/leave/", entrance_views.leave, name="leave"),
    path("resume/", entrance_views.resume, name="resume"),
    path("card/", entrance_views.find_card, name="find_card"),
    path("card/<str:token>/", entrance_views.card, name="card"),
]
