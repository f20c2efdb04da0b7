from django.urls import path
from django.views.generic import RedirectView
from oscar.apps.dashboard.catalogue import apps

GONE = {
    "catalogue-product-list",
    "catalogue-product",
    "catalogue-product-create",
    "catalogue-product-create-child",
    "catalogue-product-bulk-action",
}


class CatalogueDashboardConfig(apps.CatalogueDashboardConfig):
    """Categories and what is deleted. Goods are their sellers': they are written in drafts and read by reviewers, so Oscar's pages
    that made goods of nobody and changed words, prices and places on the shelf behind all that are not here.
    """

    name = "marketplace.dashboard.catalogue"

    def get_urls(self):
        goods = [
            path("", RedirectView.as_view(pattern_name="dashboard:listing-goods"), name="catalogue-product-list"),
            path(
                "products/<int:pk>/",
                RedirectView.as_view(pattern_name="dashboard:listing-good"),
                name="catalogue-product",
            ),
        ]
        return [*goods, *(each for each in super().get_urls() if each.name not in GONE)]
