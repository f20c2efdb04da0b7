"""What anybody may open below /events/."""

from django.urls import path

from . import views

app_name = "events"
urlpatterns = [
    path("here/<str:token>/", views.here, name="here"),
    path("<slug:code>/", views.about_event, name="event"),
]
