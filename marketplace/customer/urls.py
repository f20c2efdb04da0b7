"""Pages of this app: everything a buyer calls her own."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.account, name="account"),
]
