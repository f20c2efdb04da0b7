"""Who works here, for operators."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.StaffList.as_view(), name="staff"),
    path("export/", views.export, name="staff-export"),
    path("<int:pk>/", views.Person.as_view(), name="staff-person"),
    path("<int:pk>/take/", views.take, name="staff-take"),
    path("<int:pk>/second-step/", views.reset_second_factor, name="staff-second-step"),
]
