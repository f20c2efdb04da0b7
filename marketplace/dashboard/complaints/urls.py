"""The queue of complaints."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.ComplaintList.as_view(), name="complaints"),
    path("table/", views.table, name="complaints-table"),
    path("<str:number>/", views.complaint, name="complaint"),
    path("<str:number>/take-up/", views.take_up, name="complaint-take-up"),
    path("<str:number>/seller/", views.tell_seller, name="complaint-seller"),
    path("<str:number>/answer/", views.answer, name="complaint-answer"),
    path("<str:number>/photos/<int:pk>/", views.photo, name="complaint-photo"),
]
