"""The map of the shop: which addresses answer, under the names the contract promises."""

from django.apps import apps
from django.urls import include, path
from oscar import config


class Shop(config.Shop):
    """Oscar's site configuration with our addresses; the pages themselves belong to the apps named here."""

    name = "oscar"

    def ready(self):
        """Oscar's storefront views are not loaded; of its pages only the operators' dashboard is served."""

    def get_urls(self):
        return [
            path("products/", apps.get_app_config("catalogue").urls),
            path("sellers/", include("marketplace.partner.urls")),
            path("producers/", include("marketplace.producers.urls")),
            path("basket/", apps.get_app_config("basket").urls),
            path("checkout/", apps.get_app_config("checkout").urls),
            path("pay/", include("marketplace.payment.urls")),
            path("account/", apps.get_app_config("customer").urls),
            path("dashboard/", apps.get_app_config("dashboard").urls),
            path("", include("marketplace.accounts.urls")),
        ]
