"""Households."""

from django.urls import path

from . import views

app_name = "households"
urlpatterns = [
    path("", views.households, name="households"),
    path("new/", views.register, name="register"),
    path("export/", views.export, name="export"),
    path("<uuid:key>/", views.household, name="household"),
    path("<uuid:key>/withdraw/", views.withdraw, name="withdraw"),
    path("links/<int:pk>/end/", views.end_link, name="end-link"),
]
