"""Net income."""

from django.urls import path

from . import views

app_name = "income"
urlpatterns = [
    path("", views.waterfall, name="waterfall"),
    path("net-income.xlsx", views.waterfall_export, name="waterfall-export"),
    path("costs/", views.costs, name="costs"),
    path("costs/<int:pk>/drop/", views.drop_cost, name="drop-cost"),
    path("shares/", views.rounds, name="rounds"),
    path("shares/new/", views.new_round, name="new-round"),
    path("shares/<int:pk>/", views.round, name="round"),
    path("shares/<int:pk>/final/", views.finish, name="finish"),
    path("shares/<int:pk>/export/", views.round_export, name="round-export"),
]
