"""Putting goods into a basket and taking them out."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.basket.models import Basket

from marketplace.catalogue import windows
from marketplace.core.refusal import Refusal

MOST_OF_ONE = 999
FORGOTTEN_AFTER = timedelta(days=7)


def whole_number() -> str:
    """Which quantity to type, in the language of whoever reads it."""
    return _("Please choose a whole number from 1 to %(most)s.") % {"most": MOST_OF_ONE}


class CannotAdd(Refusal):
    """This many of this pack cannot be put into the basket; ``for_people`` says why."""


def refuse_impossible(product, quantity: int) -> None:
    """Raise CannotAdd unless ``quantity`` (in all) of this pack could be ordered today. Stock is only taken when ordering."""
    if not 1 <= quantity <= MOST_OF_ONE:
        raise CannotAdd(whole_number())
    if product.is_parent or not (product.is_public and product.whole.is_public) or product.price is None:
        raise CannotAdd(_("This product is no longer sold."))
    if not product.whole.seller.is_open:
        raise CannotAdd(_("The shop is closed until %(day)s.") % {"day": product.whole.seller.closed_until})
    closed = windows.closed_words(product, timezone.localdate())
    if closed:
        raise CannotAdd(closed)
    if product.available < 1:
        raise CannotAdd(_("This product is sold out."))
    if quantity > product.available:
        raise CannotAdd(_("Only %(n)s left. Please choose fewer.") % {"n": product.available})


@transaction.atomic
def add(*, basket, product, quantity: int):
    """Put ``quantity`` more of a pack into the basket; returns the line. Raises CannotAdd and changes nothing."""
    if basket.pk is None:
        basket.save()
    else:
        Basket.objects.select_for_update().get(pk=basket.pk)  # two quick presses become one line of two
    line = basket.lines.filter(product=product).first()
    refuse_impossible(product, quantity)
    refuse_impossible(product, (line.quantity if line else 0) + quantity)
    if line is None:
        return basket.lines.create(
            basket=basket,
            product=product,
            line_reference=str(product.pk),
            stockrecord=product.stock,
            quantity=quantity,
            price_currency="CNY",
            price_excl_tax=product.price,
            price_incl_tax=product.price,
        )
    line.quantity += quantity
    line.save(update_fields=["quantity"])
    return line


@transaction.atomic
def buy_alone(*, owner, product, quantity: int) -> Basket:
    """A basket of its own for a good that somebody wants at once; what she collected stays where it is. Raises CannotAdd.

    Oscar calls a basket on its way to an order frozen: nothing is put in, and it is never anybody's open one.
    """
    basket = Basket(owner=owner)
    add(basket=basket, product=product, quantity=quantity)
    basket.freeze()
    return basket


def forget(at) -> None:
    """Goods somebody wanted at once a week ago and did not order."""
    Basket.objects.filter(status=Basket.FROZEN, purchase=None, date_created__lt=at - FORGOTTEN_AFTER).delete()


@transaction.atomic
def change_quantity(*, line, quantity: int) -> None:
    """Have exactly ``quantity`` of a line; 0 takes it out. Raises CannotAdd and changes nothing."""
    if quantity == 0:
        line.delete()
        return
    refuse_impossible(line.product, quantity)
    line.quantity = quantity
    line.save(update_fields=["quantity"])
