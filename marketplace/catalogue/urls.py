"""Lists, search and products."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("", views.listings, name="index"),
    path("suggest/", views.suggest, name="suggest"),
    re_path(r"^category/(?P<category_slug>[\w-]+(/[\w-]+)*)_(?P<pk>\d+)/$", views.category, name="category"),
    re_path(r"^(?P<product_slug>[\w-]*)_(?P<pk>\d+)/$", views.product, name="detail"),
]
