"""The pages editors write, the front page among them. They answer for every address nobody else claimed."""

from django.urls import include, path
from wagtail.views import serve

urlpatterns = [
    path("", serve, {"path": ""}, name="home"),
    path("", include("wagtail.urls")),
]
