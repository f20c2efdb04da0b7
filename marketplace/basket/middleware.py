"""The open basket of a request, loaded only when a page looks at it."""

from django.http import HttpRequest
from oscar.apps.basket import middleware
from oscar.apps.basket.models import Basket

from marketplace.core.watched import UNCOUNTED
from marketplace.promotions import vouchers


class ShopRequest(HttpRequest):
    """A request as views see it behind the middleware below."""

    basket: Basket


class BasketMiddleware(middleware.BasketMiddleware):
    """Oscar's middleware without its offers: what promotions take off is reckoned where a basket is priced."""

    def __call__(self, request):
        """Whoever watches the site has no basket; to prepare one asks the session, and the database may be what is away."""
        if request.path.startswith(UNCOUNTED):
            return self.get_response(request)
        return super().__call__(request)

    def apply_offers_to_basket(self, request, basket):
        """Nothing, and so no queries for it on every page."""

    def merge_baskets(self, master, slave):
        """Vouchers that were entered come along with the goods."""
        vouchers.move(of=slave, to=master)
        super().merge_baskets(master, slave)
