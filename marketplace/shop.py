"""The map of the shop: which addresses answer, under the names the contract promises."""

from django.apps import apps
from django.urls import include, path
from oscar import config


def pages_of(label: str):
    """The address patterns of one of Oscar's apps or our forks of them."""
    return apps.get_app_config(label).urls  # type: ignore[attr-defined]


class Shop(config.Shop):
    """Oscar's site configuration with our addresses; the pages themselves belong to the apps named here."""

    name = "oscar"

    def ready(self):
        """Oscar's storefront views are not loaded; of its pages only the operators' dashboard is served."""

    def get_urls(self):
        return [
            path("products/", pages_of("catalogue")),
            path("sellers/", include("marketplace.partner.urls")),
            path("seller/", include("marketplace.seller.urls")),
            path("s/", include("marketplace.sharing.urls")),
            path("producers/", include("marketplace.producers.urls")),
            path("basket/", pages_of("basket")),
            path("checkout/", pages_of("checkout")),
            path("pay/", include("marketplace.payment.urls")),
            path("account/", pages_of("customer")),
            path("dashboard/", pages_of("dashboard")),
            path("", include("marketplace.accounts.urls")),
        ]
