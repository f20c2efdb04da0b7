"""Vouchers in a basket: entered by their code, taken out again, and kept when two baskets become one."""

import unicodedata

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.refusal import Refusal

from .models import EnteredCode, Promotion
from .quoting import why_not

MOST_IN_A_BASKET = 10


class CannotEnter(Refusal):
    """This code takes nothing off; ``for_people`` says why."""


def enter(*, basket, code: str, at) -> Promotion:
    """Keep a voucher in the basket. Raises CannotEnter for a code that nobody can use now; twice is the same as once.

    Whether its goods are there is said with the basket: they may still be put in.
    """
    promotion = Promotion.objects.filter(code=normal(code)).exclude(code="").first()
    if promotion is None:
        raise CannotEnter(_("There is no voucher with this code. Please check how it is written."))
    refusal = why_not(promotion, timezone.localdate(at))
    if refusal:
        raise CannotEnter(refusal)
    keep(basket, promotion, at)
    return promotion


@transaction.atomic
def keep(basket, promotion: Promotion, at) -> None:
    """Write it down, once."""
    if basket.pk is None:
        basket.save()
    kept = EnteredCode.objects.filter(basket=basket)
    if kept.exclude(promotion=promotion).count() >= MOST_IN_A_BASKET:
        raise CannotEnter(_("There are too many vouchers in this basket. Please take one out first."))
    EnteredCode.objects.get_or_create(basket=basket, promotion=promotion, defaults={"entered_at": at})


def remove(*, basket, promotion: int) -> None:
    """Take a voucher out of the basket; nothing happens if it is not in it."""
    if basket.pk is not None:
        EnteredCode.objects.filter(basket=basket, promotion=promotion).delete()


def move(*, of, to) -> None:
    """What was entered for one basket is entered for another."""
    there = EnteredCode.objects.filter(basket=to).values_list("promotion", flat=True)
    EnteredCode.objects.filter(basket=of).exclude(promotion__in=list(there)).update(basket=to)


def normal(code: str) -> str:
    """A code as it is kept: without spaces, in capitals. 数字 and letters of full width are those of half width."""
    return "".join(unicodedata.normalize("NFKC", code).split()).upper()[:20]
