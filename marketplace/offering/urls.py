"""Goods of a seller, below the seller centre's addresses."""

from django.urls import path

from .views import drafts, products, sheet, stock, supply

urlpatterns = [
    path("", products.ProductList.as_view(), name="products"),
    path("new/", drafts.new, name="product-new"),
    path("table/", sheet.Sheet.as_view(), name="goods-table"),
    path("table/file/", sheet.download, name="goods-table-file"),
    path("table/<int:pk>/undo/", sheet.undo, name="goods-table-undo"),
    path("low-stock/", stock.low_stock, name="low-stock"),
    path("loose/", supply.Pools.as_view(), name="pools"),
    path("supply/", supply.Supply.as_view(), name="supply"),
    path("supply/<int:pk>/revoke/", supply.revoke, name="supply-revoke"),
    path("supply/<int:pk>/sell/", supply.sell, name="supply-sell"),
    path("drafts/<uuid:key>/", drafts.DraftPage.as_view(), name="draft"),
    path("drafts/<uuid:key>/photos/", drafts.add_photo, name="draft-photos"),
    path("drafts/<uuid:key>/take-back/", drafts.take_back, name="draft-take-back"),
    path("drafts/<uuid:key>/drop/", drafts.drop, name="draft-drop"),
    path("<int:pk>/edit/", products.edit, name="product-edit"),
    path("<int:pk>/stock/", stock.StockPage.as_view(), name="product-stock"),
    path("<int:pk>/shelf/", stock.shelf, name="product-shelf"),
    path("<int:pk>/again/", products.again, name="product-again"),
]
