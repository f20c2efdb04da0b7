"""Published figures, for staff."""

from django.urls import path

from . import views

app_name = "impact"
urlpatterns = [
    path("", views.snapshots, name="snapshots"),
    path("<int:pk>/", views.snapshot, name="snapshot"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/rows/", views.behind, name="behind"),
]
