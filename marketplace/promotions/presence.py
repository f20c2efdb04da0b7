"""Which promotions a page tells of; and whether there is one at all, as part of a query that is asked anyway: most have none."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from marketplace.core.statements import Statement

from .models import EnteredCode, Promotion, Reach

SHOWN = 5
"""How many a page tells of, the one that ends first on top."""
OF_SHOP = Statement(
    lambda seller, day: (
        Promotion.objects.of_seller(seller).running(day).filter(is_shown=True).order_by("ends_on", "pk")
    ),
    int,
    date,
)


def concerns(seller_id, day):
    """For baskets' lines: True where an offer could apply to goods of ``seller_id`` (an expression), or a code was entered.

    Part of the query that reads the lines, so that a basket without promotions asks nothing more.
    """
    offers = Promotion.objects.running(day).offers().filter(Q(seller=None) | Q(seller_id=OuterRef(seller_id)))
    entered = EnteredCode.objects.filter(basket_id=OuterRef("basket_id"))
    return Exists(offers.order_by()) | Exists(entered)


def shown_by(seller, day) -> list[Promotion]:
    """What a shop's page tells its visitors."""
    return OF_SHOP.rows(seller.pk, day)[:SHOWN]


def shown_beside(product, day) -> list[Promotion]:
    """Those of the shop that can take something off this good. Asked for goods only where one is not for all of them."""
    shown = OF_SHOP.rows(product.seller_id, day)
    narrow = [promotion.pk for promotion in shown if promotion.reach != Reach.ALL]
    covering = Promotion.objects.filter(pk__in=narrow).covering(product).values_list("pk", flat=True) if narrow else ()
    wanted = set(covering)
    return [each for each in shown if each.reach == Reach.ALL or each.pk in wanted][:SHOWN]
