"""Goods that break the law or deceive are taken off the shelf by reviewers (e-commerce law, articles 29 and 42), and put back."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalogue.models import Product
from marketplace.core import audit
from marketplace.core.notices import saying
from marketplace.core.refusal import Refusal

from .models import Halt
from .news import SEEN, tell_who_offers
from .shelf import ShelfTab

MAY_BE_SEEN = gettext_lazy("You may put it on the shelf again.")


@transaction.atomic
def halt(*, product: Product, reason: str, by, at) -> Halt:
    """Off the shelf until somebody lifts it; its seller hears why and cannot put it back. Orders placed before go on.

    Raises Refusal if it is off the shelf by such a word already.
    """
    product = Product.objects.select_related("seller").locked(product.pk)
    if product.halts.standing().exists():
        raise Refusal(_("The marketplace has taken it off the shelf already."))
    made = product.halts.create(reason=reason.strip(), was_on_shelf=product.is_public, by=by, at=at)
    show(product, on=False)
    audit.record("product.halted", of=product, by=by, halt=made.pk)
    tell(made, gettext_lazy("%(title)s was taken off the shelf by the marketplace"), made.reason)
    return made


@transaction.atomic
def lift(*, product: Product, by, at) -> Halt:
    """On the shelf again if it was there before. Raises Refusal if nothing keeps it off any more."""
    product = Product.objects.select_related("seller").locked(product.pk)
    standing = product.halts.standing().first()
    if standing is None:
        raise Refusal(_("The marketplace does not keep it off the shelf any more."))
    standing.lifted_by, standing.lifted_at = by, at
    standing.save(update_fields=["lifted_by", "lifted_at"])
    show(product, on=standing.was_on_shelf)
    audit.record("product.halt_lifted", of=product, by=by)
    again = SEEN if standing.was_on_shelf else MAY_BE_SEEN
    tell(standing, gettext_lazy("%(title)s may be sold again"), again)
    return standing


def show(product: Product, *, on: bool) -> None:
    product.is_public = on
    product.save(update_fields=["is_public", "date_updated"])


def tell(halt: Halt, words, body) -> None:
    product = halt.product
    with translation.override(settings.LANGUAGE_CODE):
        link = f"{reverse('seller:products')}?tab={ShelfTab.ON_SALE if product.is_public else ShelfTab.OFF}"
    cause = f"product_{'halted' if halt.lifted_at is None else 'halt_lifted'}:{halt.pk}"
    tell_who_offers(product.seller, cause=cause, subject=saying(words, title=product.title), body=body, link=link)
