"""What promotions took off an order: `{% load promotions %}`."""

from django import template

from marketplace.promotions.models import Discount

register = template.Library()


@register.filter
def savings(order):
    """What each promotion took off this order. One query for all orders of a purchase, and none where nothing was taken off."""
    if not order.discount:
        return []
    purchase = order.purchase
    if "_savings" not in purchase.__dict__:
        purchase._savings = list(
            Discount.objects.filter(order__purchase=purchase).select_related("use__promotion").order_by("pk")
        )
    return [each for each in purchase._savings if each.order_id == order.pk]
