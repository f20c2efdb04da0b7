"""Counting uses: never more than the limits say, whoever presses at once, and given back where nothing came of it.

A promotion with a limit for all buyers is counted by one UPDATE that tests and takes; rows go in key order. A limit per
buyer is kept by a unique key on the buyer's first, second, … use.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from marketplace.core.money import to_fen, to_yuan
from marketplace.order.models import Order, Parcel, Purchase
from marketplace.order.states import OrderState

from .models import FEN, Discount, Promotion, Use
from .quoting import buyer_key
from .states import PromotionState


class UsedUp(Exception):
    """A promotion of the quote is not there any more. The caller's transaction must roll back."""

    def __init__(self, promotion: Promotion):
        super().__init__(str(promotion))
        self.promotion = promotion

    @property
    def for_people(self) -> str:
        return _("“%(name)s” has just been used up. Please check the new total and submit again.") % {
            "name": self.promotion.display_name
        }


def use(
    *, purchase: Purchase, orders: Sequence[Order], used: Iterable[tuple[Promotion, Mapping[int, int]]], at
) -> list[Use]:
    """Note that a purchase uses these promotions (fen by seller id) and what each order gets of it. Raises UsedUp."""
    made = []
    for promotion, by_seller in sorted(used, key=lambda each: each[0].pk):
        fen = sum(by_seller.values())
        if not take(promotion, fen):
            raise UsedUp(promotion)
        row = noted(promotion, purchase, fen, at)
        Discount.objects.bulk_create(
            Discount(use=row, order=order, amount=to_yuan(by_seller[order.seller_id]))
            for order in orders
            if by_seller.get(order.seller_id)
        )
        made.append(row)
    return made


def take(promotion: Promotion, fen: int) -> bool:
    """Count one use that gives ``fen``, if the promotion still runs and its limits still allow it."""
    running = Promotion.objects.filter(pk=promotion.pk, state=PromotionState.ACTIVE)
    if not promotion.is_counted:
        return running.exists()
    uses_left = Q(max_uses=None) | Q(used__lt=F("max_uses"))
    money_left = Q(budget=None) | Q(given_fen__lte=F("budget") * FEN - fen)
    return bool(running.filter(uses_left, money_left).update(used=F("used") + 1, given_fen=F("given_fen") + fen))


def noted(promotion: Promotion, purchase: Purchase, fen: int, at) -> Use:
    """The row of the use; where uses are counted by buyer, in the first place of hers that is free."""
    row = Use(promotion=promotion, purchase=purchase, saved=to_yuan(fen), used_at=at)
    if promotion.max_per_buyer is not None:
        row.buyer = buyer_key(purchase.buyer_id, str(purchase.mobile))
        row.nth = free_place(promotion, row.buyer)
        if row.nth is None:
            raise UsedUp(promotion)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # she pressed twice at once, with two baskets
        raise UsedUp(promotion) from None
    return row


def free_place(promotion: Promotion, buyer: str) -> int | None:
    """The first use of a buyer's that she has not made; None if she made all she may."""
    taken = set(Use.objects.filter(promotion=promotion, buyer=buyer, returned_at=None).values_list("nth", flat=True))
    return next((nth for nth in range(1, (promotion.max_per_buyer or 0) + 1) if nth not in taken), None)


def give_back(*, purchase: Purchase | None, at) -> None:
    """Return the uses of which nothing came: every order they cut was closed before anything of it was sent.

    Part of the transaction that closes orders. Calling again changes nothing.
    """
    sent = Parcel.objects.filter(order=OuterRef("order"))
    for row in (
        Use.objects.filter(purchase=purchase, returned_at=None).select_related("promotion").order_by("promotion_id")
    ):
        if row.discounts.filter(~Q(order__status=OrderState.CLOSED) | Exists(sent)).exists():
            continue
        if Use.objects.filter(pk=row.pk, returned_at=None).update(returned_at=at) and row.promotion.is_counted:
            Promotion.objects.filter(pk=row.promotion_id).update(
                used=F("used") - 1, given_fen=F("given_fen") - to_fen(row.saved)
            )
