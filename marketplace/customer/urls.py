"""Pages of this app: everything a buyer calls her own."""

from django.urls import path

from .views import account, orders

urlpatterns = [
    path("", account.account, name="account"),
    path("orders/", orders.order_list, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/receive/", orders.receive, name="order-receive"),
    path("orders/<str:number>/cancel/", orders.cancel, name="order-cancel"),
]
