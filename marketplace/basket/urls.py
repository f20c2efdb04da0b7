"""Pages of this app."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.summary, name="summary"),
    path("add/", views.add, name="add"),
    path("buy/", views.buy, name="buy"),
    path("lines/<int:pk>/", views.change, name="change"),
    path("voucher/", views.voucher, name="voucher"),
    path("province/", views.province, name="province"),
]
