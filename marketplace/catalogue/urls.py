"""Lists, search and products."""

from django.urls import path, re_path

from marketplace.reviews.views import product_reviews
from marketplace.talk.views import questions

from . import views

urlpatterns = [
    path("", views.listings, name="index"),
    path("<int:pk>/reviews/", product_reviews, name="reviews"),
    path("<int:pk>/questions/", questions, name="questions"),
    path("suggest/", views.suggest, name="suggest"),
    re_path(r"^category/(?P<category_slug>[\w-]+(/[\w-]+)*)_(?P<pk>\d+)/$", views.category, name="category"),
    re_path(r"^(?P<product_slug>[\w-]*)_(?P<pk>\d+)/$", views.product, name="detail"),
]
