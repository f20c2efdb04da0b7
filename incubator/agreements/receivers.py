"""What the shop sells under an agreement counts for it. Both may run twice."""

from marketplace.core.events import receives
from marketplace.order.models import Line

from . import storefront


@receives("purchase_paid")
def purchase_is_paid(purchase: int) -> None:
    storefront.count_lines(Line.objects.filter(order__purchase=purchase).values("pk"))


@receives("order_received")
def order_has_arrived(order: int) -> None:
    """Cash on delivery is a sale from here on."""
    storefront.count_lines(Line.objects.filter(order=order).values("pk"))
