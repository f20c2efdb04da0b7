"""Short addresses."""

from django.urls import path

from . import views

app_name = "sharing"
urlpatterns = [
    path("product/<int:pk>/", views.product, name="product"),
    path("product/<int:pk>/poster.<str:extension>", views.product_poster, name="product-poster"),
    path("shop/<slug:slug>/", views.shop, name="shop"),
    path("shop/<slug:slug>/poster.<str:extension>", views.shop_poster, name="shop-poster"),
    path("<slug:code>/", views.go, name="go"),
    path("<slug:code>/poster.<str:extension>", views.link_poster, name="link-poster"),
]
