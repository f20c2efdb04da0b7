"""Applications for shops, for those who check them."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.Applications.as_view(), name="shop-applications"),
    path("<int:pk>/", views.Application.as_view(), name="shop-application"),
    path("papers/<int:pk>/", views.paper, name="shop-paper"),
]
