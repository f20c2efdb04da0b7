"""Promotions the platform pays for."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.promotion_list, name="promotions"),
    path("table.csv", views.table, name="promotions-table"),
    path("new/", views.new, name="promotion-new"),
    path("<int:pk>/", views.promotion, name="promotion"),
    path("<int:pk>/<slug:name>/", views.move, name="promotion-move"),
]
