"""The open basket of a request, loaded only when a page looks at it."""

from django.http import HttpRequest
from oscar.apps.basket import middleware
from oscar.apps.basket.models import Basket


class ShopRequest(HttpRequest):
    """A request as views see it behind the middleware below."""

    basket: Basket


class BasketMiddleware(middleware.BasketMiddleware):
    """Oscar's middleware without its offers: what a promotion costs whom is decided with settlement, not here."""

    def apply_offers_to_basket(self, request, basket):
        """No offers yet, and so no queries for them on every page."""
