"""Sales."""

from django.urls import path

from . import views

app_name = "sales"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("sales.xlsx", views.export, name="export"),
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.bring, name="bring"),
    path("imports/new/as/", views.bring_as, name="bring-as"),
    path("imports/take-in/", views.take_in, name="take-in"),
    path("imports/teach/", views.teach, name="teach"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<int:pk>/forget/", views.forget, name="forget"),
    path("imports/<int:pk>/", views.import_page, name="import"),
    path("imports/<int:pk>/undo/", views.undo, name="undo"),
    path("stalled/", views.stalled, name="stalled"),
    path("stalled.xlsx", views.stalled_export, name="stalled-export"),
    path("value/", views.value, name="value"),
    path("value.xlsx", views.value_export, name="value-export"),
    path("value/raw-price/", views.raw_price, name="raw-price"),
    path("unattributed/", views.unattributed, name="unattributed"),
    path("unattributed/attribute/", views.attribute, name="attribute"),
]
