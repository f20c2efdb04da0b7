"""Sellers' income, for finance staff."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.quarter, name="income"),
    path("table/", views.table, name="income-table"),
]
