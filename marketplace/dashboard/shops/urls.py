"""Applications for shops, for those who check them."""

from django.urls import path

from . import licences, views

urlpatterns = [
    path("", views.Applications.as_view(), name="shop-applications"),
    path("licences/", licences.licences, name="shop-licences"),
    path("licences/<int:pk>/", licences.LicenceReview.as_view(), name="shop-licence"),
    path("licences/<int:pk>/photo/", licences.photo, name="shop-licence-photo"),
    path("<int:pk>/", views.Application.as_view(), name="shop-application"),
    path("papers/<int:pk>/", views.paper, name="shop-paper"),
]
