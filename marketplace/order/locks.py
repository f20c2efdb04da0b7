"""Every change of a purchase or its orders begins with one of these, so that they queue up.

Locked without their keys: whoever writes an entry that names an order only reads its key, and must not wait for the lock
while it holds accounts that the lock's holder is waiting for.
"""

from .models import Order, Purchase


def locked_purchase(pk: int) -> Purchase:
    """The purchase with its row locked: every change of it or its orders starts here, so they queue up."""
    return Purchase.objects.select_for_update(no_key=True).get(pk=pk)


def locked_order(pk: int) -> Order:
    """The order with its purchase and itself locked, in that order."""
    locked_purchase(Order.objects.values_list("purchase_id", flat=True).get(pk=pk))
    return Order.objects.select_for_update(no_key=True).get(pk=pk)
