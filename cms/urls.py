"""The pages editors write, the front page among them. They answer for every address nobody else claimed."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.views import serve

from cms.training import views

urlpatterns = [
    path("", serve, {"path": ""}, name="home"),
    path("training/", include("incubator.learning.public_urls")),
    path("events/", include("incubator.learning.event_urls")),
    path("training/worker.js", views.worker, name="lesson-worker"),
    path("training/<slug:course>/enrol/", views.enrol, name="enrol"),
    path("training/<slug:course>/<slug:lesson>/learnt/", views.learnt, name="lesson-learnt"),
    path("training/<slug:course>/name/", views.name, name="certificate-name"),
    path("training/<slug:course>/<slug:lesson>/assignment/", views.assignment, name="lesson-assignment"),
    path("training/<slug:course>/<slug:lesson>/quiz/", views.quiz, name="lesson-quiz"),
    path("_util/login/", RedirectView.as_view(pattern_name="accounts:sign-in", query_string=True)),
    path("", include("wagtail.urls")),
]
