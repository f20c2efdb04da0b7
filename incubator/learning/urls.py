"""Learning in the staff workspace."""

from django.urls import path

from . import views

app_name = "learning"
urlpatterns = [
    path("", views.funnel, name="funnel"),
    path("cohorts/<int:pk>/", views.cohort, name="cohort"),
    path("cohorts/<int:pk>/roster/", views.roster, name="roster"),
    path("cohorts/<int:pk>/roster/<int:run>/", views.roster_run, name="roster-run"),
    path("sessions/<int:pk>/", views.session, name="session"),
    path("enrolments/<int:pk>/certify/", views.certify, name="certify"),
    path("certificates/<int:pk>/revoke/", views.revoke, name="revoke"),
]
