"""What payments hear of orders."""

from django.utils import timezone

from marketplace.core.events import receives
from marketplace.order.models import Order

from . import actions


@receives("order_received")
def cash_is_collected(order: int) -> None:
    """A parcel paid on delivery has been received, so its money was collected."""
    received = Order.objects.select_related("purchase").get(pk=order)
    actions.collect_cash(order=received, at=received.received_at or timezone.now())
