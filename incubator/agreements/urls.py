"""Agreements."""

from django.urls import path

from . import following, views

app_name = "agreements"
urlpatterns = [
    path("", views.agreements, name="agreements"),
    path("agreements.xlsx", views.export, name="export"),
    path("new/", views.draw_up, name="draw-up"),
    path("<int:pk>/", views.agreement, name="agreement"),
    path("<int:pk>/terms/", views.terms, name="terms"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/paper/", views.paper, name="paper"),
    path("<int:pk>/goods/", views.count_good, name="count-good"),
    path("<int:pk>/open-goods/", following.open_goods, name="open-goods"),
    path("<int:pk>/close-goods/", following.close_goods, name="close-goods"),
    path("<int:pk>/charge/", following.charge, name="charge"),
    path("split/<int:pk>/", following.split, name="split"),
    path("split/<int:pk>/take/", following.take_split, name="take-split"),
    path("goods/<int:pk>/leave-out/", views.leave_out_good, name="leave-out-good"),
]
