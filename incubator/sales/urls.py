"""Sales."""

from django.urls import path

from . import views

app_name = "sales"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("sales.xlsx", views.export, name="export"),
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.bring, name="bring"),
    path("imports/take-in/", views.take_in, name="take-in"),
    path("imports/<int:pk>/", views.import_page, name="import"),
    path("imports/<int:pk>/undo/", views.undo, name="undo"),
    path("unattributed/", views.unattributed, name="unattributed"),
    path("unattributed/attribute/", views.attribute, name="attribute"),
]
