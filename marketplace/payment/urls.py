"""Pages of this app."""

from django.urls import path

from . import views

app_name = "payment"
urlpatterns = [
    path("<uuid:key>/", views.pay, name="pay"),
    path("<uuid:key>/ask/", views.ask, name="ask"),
    path("<uuid:key>/back/", views.back, name="back"),
    path("demo/<uuid:key>/", views.demo, name="demo"),
    path("transfer/<uuid:key>/slip/", views.slip, name="slip"),
]
