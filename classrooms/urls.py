from django.urls import path

from classrooms import (
    calendar_views,
    call_list_views,
    calling_views,
    catching_up_views,
    entrance_views,
    learner_views,
    paper_views,
    peer_views,
    planning_views,
    supervising_views,
    views,
)
from classrooms.enums import Feed

app_name = "classrooms"
urlpatterns = [
    path("teach/<int:cohort_id>/open/", views.open_session, name="open"),
    path("teach/<int:cohort_id>/plan/", planning_views.plan, name="plan"),
    path("teach/calls/", call_list_views.mine, name="call_list"),
    path("teach/bookings/", planning_views.bookings, name="bookings"),
    path("teach/<int:cohort_id>/sheet/", paper_views.sheet, name="sheet"),
    path("teach/sessions/<int:session_id>/poster/", paper_views.poster, name="poster"),
    path("teach/sessions/<int:session_id>/attendance.pdf", paper_views.attendance, name="attendance_paper"),
    path("teach/sessions/<int:session_id>/", views.board, name="board"),
    path("teach/sessions/<int:session_id>/change/", planning_views.change, name="change"),
    path("teach/sessions/<int:session_id>/cancel/", planning_views.cancel, name="cancel"),
    path("teach/sessions/<int:session_id>/start/", views.start, name="start"),
    path("teach/sessions/<int:session_id>/now/", views.board_now, name="board_now"),
    path("teach/sessions/<int:session_id>/wall/", views.wall, name="wall"),
    path("teach/sessions/<int:session_id>/door/", views.door, name="door"),
    path("teach/sessions/<int:session_id>/help/", views.help_queue, name="help_queue"),
    path("teach/sessions/<int:session_id>/lead/", views.lead, name="lead"),
    path("teach/sessions/<int:session_id>/attendance/", views.attendance, name="attendance"),
    path("teach/sessions/<int:session_id>/practice/", supervising_views.practice, name="practice"),
    path("teach/sessions/<int:session_id>/close/", views.close, name="close"),
    path("teach/sessions/<int:session_id>/calls/", calling_views.calls, name="calls"),
    path("teach/calendar/", calendar_views.teaching, name="teaching_calendar"),
    path("me/calendar/", calendar_views.my_calendar, name="my_calendar"),
    path("agenda.ics", calendar_views.public, name="agenda_calendar"),
    path("agenda/<int:session_id>.ics", calendar_views.one_class, name="class_calendar"),
    path(
        "calendar/learn/<str:token>.ics", calendar_views.personal, {"feed": Feed.LEARN}, name="learn_calendar"
    ),
    path(
        "calendar/teach/<str:token>.ics", calendar_views.personal, {"feed": Feed.TEACH}, name="teach_calendar"
    ),
    path("join/", entrance_views.find_session, name="find_session"),
    path("join/wait/", entrance_views.wait, name="wait"),
    path("join/wait/answer.json", entrance_views.answer, name="answer"),
    path("join/<str:code>/", entrance_views.join, name="join"),
    path("class/now.json", learner_views.now, name="now"),
    path("class/here/", learner_views.here, name="here"),
    path("class/help/", learner_views.ask, name="ask"),
    path("class/missed/", catching_up_views.missed, name="missed"),
    path("class/helping/", peer_views.helping, name="helping"),
]
