"""Pages of this app."""

from django.urls import path

from marketplace.customer.views import cases, complaints, invoices, orders

from . import views

urlpatterns = [
    path("", views.Checkout.as_view(), name="index"),
    path("quote/", views.Summary.as_view(), name="quote"),
    path("parse-address/", views.parse_address, name="parse-address"),
    path("purchase/<str:token>/", views.purchase, name="purchase"),
    path("purchase/<str:token>/cancel/", views.cancel, name="cancel"),
    path("purchase/<str:token>/orders/<str:number>/", orders.order_by_link, name="order"),
    path("purchase/<str:token>/orders/<str:number>/receive/", orders.receive_by_link, name="order-receive"),
    path("purchase/<str:token>/orders/<str:number>/cancel/", orders.cancel_by_link, name="order-cancel"),
    path("purchase/<str:token>/orders/<str:number>/case/", cases.ask_by_link, name="ask"),
    path("purchase/<str:token>/orders/<str:number>/complaint/", complaints.about_order_by_link, name="complain-order"),
    path("purchase/<str:token>/complaints/<str:number>/", complaints.complaint_by_link, name="complaint"),
    path(
        "purchase/<str:token>/complaints/<str:number>/withdraw/", complaints.withdraw_by_link, name="complaint-withdraw"
    ),
    path(
        "purchase/<str:token>/complaints/<str:number>/photos/<int:pk>/",
        complaints.photo_by_link,
        name="complaint-photo",
    ),
    path("purchase/<str:token>/orders/<str:number>/invoice/", invoices.invoice_by_link, name="invoice"),
    path("purchase/<str:token>/orders/<str:number>/invoice/file/", invoices.file_by_link, name="invoice-file"),
    path("purchase/<str:token>/cases/<str:number>/", cases.case_by_link, name="case"),
    path("purchase/<str:token>/cases/<str:number>/do/<slug:name>/", cases.deed_by_link, name="case-deed"),
    path("purchase/<str:token>/cases/<str:number>/photos/<int:pk>/", cases.photo_by_link, name="case-photo"),
]
