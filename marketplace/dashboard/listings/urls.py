"""The reviewers' room: drafts that wait, what was decided, and the goods of all sellers."""

from django.urls import path

from . import goods, views

urlpatterns = [
    path("", views.Queue.as_view(), name="listing-queue"),
    path("decided/", views.Decided.as_view(), name="listing-decided"),
    path("goods/", goods.Goods.as_view(), name="listing-goods"),
    path("goods/<int:pk>/", goods.good, name="listing-good"),
    path("goods/<int:pk>/lift/", goods.lift, name="listing-good-lift"),
    path("<int:pk>/", views.DraftReview.as_view(), name="listing-review"),
]
