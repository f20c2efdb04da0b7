"""The staff workspace, and the pages members have of their own in it."""

from django.urls import include, path

from incubator.members import views

app_name = "incubator"
urlpatterns = [
    path("", views.today, name="today"),
    path("members/", include("incubator.members.urls")),
    path("parks/", include("incubator.parks.urls")),
    path("learning/", include("incubator.learning.urls")),
    path("impact/", include("incubator.impact.urls")),
    path("households/", include("incubator.households.urls")),
    path("sales/", include("incubator.sales.urls")),
    path("agreements/", include("incubator.agreements.urls")),
    path("income/", include("incubator.income.urls")),
    path("fairs/", include("incubator.matching.urls")),
]
