"""Published figures, for everybody."""

from django.urls import path

from . import views

app_name = "impact"
urlpatterns = [
    path("", views.impact, name="figures"),
    path("figures.csv", views.public_csv, name="csv"),
]
