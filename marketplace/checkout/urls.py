"""Pages of this app."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.Checkout.as_view(), name="index"),
    path("quote/", views.Summary.as_view(), name="quote"),
    path("parse-address/", views.parse_address, name="parse-address"),
    path("purchase/<str:token>/", views.purchase, name="purchase"),
    path("purchase/<str:token>/cancel/", views.cancel, name="cancel"),
]
