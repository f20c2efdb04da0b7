"""Producers."""

from django.urls import path

from . import views

app_name = "producers"
urlpatterns = [path("<slug:slug>/", views.producer, name="detail")]
