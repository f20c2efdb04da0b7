"""Making a promotion, and what can be done with it afterwards."""

import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.catalogue.models import Product
from marketplace.core import audit

from .models import Promotion, Reach
from .vouchers import normal

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that are mistaken for one another when read out."""


class CannotMake(Exception):
    """Nothing was made; ``field`` and ``for_people`` say what is wrong."""

    def __init__(self, field: str, for_people: str):
        super().__init__(for_people)
        self.field, self.for_people = field, for_people


@transaction.atomic
def make(*, seller, products: Iterable[Product] = (), by, at, **terms) -> Promotion:
    """A promotion that ``seller`` pays for, or the platform without one; it runs on its days.

    Raises CannotMake for a code that is taken and for products that are not hers. Its terms cannot be changed later.
    """
    chosen = list(products) if terms.get("reach") == Reach.PRODUCTS else []
    if seller is not None and any(product.whole.seller_id != seller.pk for product in chosen):
        raise CannotMake("products", _("One of these products is not sold by this shop."))
    terms["code"] = normal(terms.get("code", ""))
    try:
        with transaction.atomic():
            promotion = Promotion.objects.create(seller=seller, made_by=by, made_at=at, **terms)
    except IntegrityError:
        if not Promotion.objects.filter(code=terms["code"]).exclude(code="").exists():
            raise
        raise CannotMake("code", _("This code is already in use. Please choose another one.")) from None
    promotion.products.set(chosen)
    audit.record(
        "promotion.made", of=promotion, by=by, payer=seller.pk if seller else "platform", gives=promotion.gives
    )
    return promotion


@transaction.atomic
def move(*, promotion: Promotion, name: str, by, at) -> Promotion:
    """Pause, resume or end it, for purchases from now on; placed ones keep what was taken off. Raises IllegalMove."""
    promotion = Promotion.objects.select_for_update(of=("self",)).get(pk=promotion.pk)
    promotion.move(name)
    promotion.save(update_fields=["state"])
    audit.record(f"promotion.{promotion.state}", of=promotion, by=by, at=at)
    return promotion


def new_code() -> str:
    """A code nobody guesses, for who wants one made up."""
    return "".join(secrets.choice(LETTERS) for _each in range(8))
