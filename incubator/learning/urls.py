"""Learning in the staff workspace."""

from django.urls import path

from . import views

app_name = "learning"
urlpatterns = [
    path("", views.funnel, name="funnel"),
    path("programmes/new/", views.new_programme, name="programme-new"),
    path("cohorts/new/", views.new_cohort, name="cohort-new"),
    path("cohorts/<int:pk>/change/", views.change_cohort, name="cohort-change"),
    path("cohorts/<int:pk>/sessions/new/", views.new_session, name="session-new"),
    path("cohorts/<int:pk>/", views.cohort, name="cohort"),
    path("cohorts/<int:pk>/roster/", views.roster, name="roster"),
    path("cohorts/<int:pk>/roster/<int:run>/", views.roster_run, name="roster-run"),
    path("sessions/<int:pk>/", views.session, name="session"),
    path("sessions/<int:pk>/code/", views.session_code, name="session-code"),
    path("events/", views.events, name="events"),
    path("events/new/", views.new_event, name="event-new"),
    path("events/<int:pk>/", views.event, name="event"),
    path("events/<int:pk>/change/", views.change_event, name="event-change"),
    path("events/<int:pk>/people/", views.put_down, name="event-put-down"),
    path("registrations/<int:pk>/let-in/", views.let_in, name="event-let-in"),
    path("events/<int:pk>/code/", views.event_code, name="event-code"),
    path("assignments/", views.assignments, name="assignments"),
    path("assignments/<int:pk>/", views.assignment, name="assignment"),
    path("enrolments/<int:pk>/name/", views.name_learner, name="learner-name"),
    path("enrolments/<int:pk>/certify/", views.certify, name="certify"),
    path("certificates/<int:pk>/revoke/", views.revoke, name="revoke"),
]
