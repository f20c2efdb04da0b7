"""The seller centre. Every page wears ``seller_page`` or ``SellerPage`` (see access.py), except those that open a shop."""

from django.urls import path

from . import views

app_name = "seller"
urlpatterns = [
    path("", views.home, name="home"),
    path("open/", views.open_shop, name="open"),
    path("act-for/", views.act_for, name="act-for"),
]
