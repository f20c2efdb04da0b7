"""The reviewers' room: drafts that wait, and what was decided."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.Queue.as_view(), name="listing-queue"),
    path("decided/", views.Decided.as_view(), name="listing-decided"),
    path("<int:pk>/", views.DraftReview.as_view(), name="listing-review"),
]
