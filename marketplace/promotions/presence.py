"""Whether there is a promotion at all, as part of a query that is asked anyway: most baskets and shops have none."""

from django.db.models import Exists, OuterRef, Q

from .models import EnteredCode, Promotion


def concerns(seller_id, day):
    """For baskets' lines: True where an offer could apply to goods of ``seller_id`` (an expression), or a code was entered.

    Part of the query that reads the lines, so that a basket without promotions asks nothing more.
    """
    offers = Promotion.objects.running(day).offers().filter(Q(seller=None) | Q(seller_id=OuterRef(seller_id)))
    entered = EnteredCode.objects.filter(basket_id=OuterRef("basket_id"))
    return Exists(offers.order_by()) | Exists(entered)


def shown_by(day):
    """For sellers: True where the shop's page has a promotion to show."""
    return Exists(Promotion.objects.running(day).filter(seller=OuterRef("pk"), is_shown=True).order_by())
