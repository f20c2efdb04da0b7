"""The seller centre. Every page wears ``seller_page`` or ``SellerPage`` (see access.py), except those that open a shop."""

from django.urls import include, path

from . import views
from .money import views as money
from .orders import bulk_views
from .orders import views as orders

app_name = "seller"
urlpatterns = [
    path("", views.home, name="home"),
    path("open/", views.open_shop, name="open"),
    path("act-for/", views.act_for, name="act-for"),
    path("orders/", orders.order_list, name="orders"),
    path("orders/slips/", orders.slips, name="slips"),
    path("orders/labels/", orders.labels, name="labels"),
    path("orders/table/", bulk_views.table, name="orders-table"),
    path("orders/bulk/", bulk_views.bulk, name="orders-bulk"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/parcels/<int:pk>/", orders.parcel, name="parcel"),
    path("orders/<str:number>/parcels/<int:pk>/undo/", orders.undo, name="parcel-undo"),
    path("products/", include("marketplace.offering.urls")),
    path("money/", money.money, name="money"),
    path("money/withdraw/", money.withdraw, name="money-withdraw"),
    path("money/account/", money.Account.as_view(), name="money-account"),
    path("money/account/transfers/", money.open_transfers, name="money-transfers"),
    path("money/account/transfers/back/", money.transfers_back, name="money-transfers-back"),
]
