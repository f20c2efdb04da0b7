"""Goods kept and given up. Both may be asked for twice."""

from marketplace.catalogue.models import Product

from .models import Favourite


def keep(*, product: Product, by, at) -> None:
    """From now on the good is in this person's list; it stays where it is if it is there already."""
    Favourite.objects.get_or_create(user=by, product=product.whole, defaults={"added_at": at})


def drop(*, product: Product, by) -> None:
    """The good is no longer in this person's list."""
    Favourite.objects.filter(user=by, product=product.whole).delete()
