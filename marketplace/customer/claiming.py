"""Orders placed as a guest come home: only to who has proved the number or the address they were placed with."""

from django.db import transaction
from django.db.models import Q

from marketplace.accounts.models import User
from marketplace.core import audit
from marketplace.order.models import Order, Purchase


def proved(user: User) -> Q | None:
    """What is hers by a contact she verified; None if she verified none."""
    ways = []
    if user.mobile and user.mobile_verified_at:
        ways.append(Q(mobile=user.mobile))
    if user.email and user.email_verified_at:
        ways.append(Q(email=user.email))
    return (ways[0] | ways[-1]) if ways else None


def waiting(user: User):
    """Purchases somebody placed with her contact without an account."""
    hers = proved(user)
    return Purchase.objects.filter(hers, buyer=None) if hers else Purchase.objects.none()


def count(user: User) -> int:
    """How many orders she could have among hers; asks nothing before she verified a contact."""
    return Order.objects.filter(purchase__in=waiting(user)).count() if proved(user) else 0


@transaction.atomic
def claim(*, user: User, by: User) -> int:
    """They are hers from now on, and the link they were reached by still works; returns how many orders. Twice is harmless."""
    purchases = list(waiting(user).select_for_update(of=("self",)).order_by("pk"))
    Purchase.objects.filter(pk__in=[each.pk for each in purchases]).update(buyer=user)
    orders = Order.objects.filter(purchase__in=purchases).update(user=user)
    for purchase in purchases:
        audit.record("purchase.claimed", of=purchase, by=by)
    return orders
