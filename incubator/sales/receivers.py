"""What the shop announces becomes sale facts. Every receiver may run twice: it counts the order as it stands."""

from django.utils import timezone

from marketplace.core.events import receives
from marketplace.order.models import Order

from . import storefront


def count(orders) -> None:
    for order in orders.select_related("purchase", "seller").order_by("id"):
        storefront.count_order(order=order, at=timezone.now())


@receives("purchase_paid")
def purchase_is_paid(purchase: int) -> None:
    count(Order.objects.filter(purchase=purchase))


@receives("order_shipped")
def order_is_on_its_way(order: int, parcel: int) -> None:
    count(Order.objects.filter(pk=order))


@receives("order_received")
def order_has_arrived(order: int) -> None:
    count(Order.objects.filter(pk=order))


@receives("order_closed")
def order_is_closed(order: int) -> None:
    count(Order.objects.filter(pk=order))


@receives("refund_made")
def money_went_back(refund: int) -> None:
    count(Order.objects.filter(refunds=refund))
