"""Making links, following them, and noting which orders came of it."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.refusal import Refusal
from marketplace.core.text import mask_numbers
from marketplace.order.models import Purchase

from .models import Carried, ShareLink

MOST_LINKS = 200
"""So many links of one seller lead somewhere at once."""


class SharingRefused(Refusal):
    """This cannot be done; nothing changed. ``for_people`` says why."""


@transaction.atomic
def make(*, seller, product, sharer: str, label: str, key: UUID, by, at, area: str = "") -> ShareLink:
    """A link to the shop, or to one of its goods; the same ``key`` again is the link there is. Raises SharingRefused.

    ``area`` is the county that shares, where one does.
    """
    existing = ShareLink.objects.of_seller(seller).filter(key=key).first()
    if existing is not None:
        return existing
    if ShareLink.objects.of_seller(seller).filter(ended_at=None).count() >= MOST_LINKS:
        raise SharingRefused(_("There are 200 links already. Please end some that are no longer shared."))
    given = {
        "product": product,
        "sharer": sharer,
        "area": area,
        "label": mask_numbers(label).strip(),
        "made_by": by,
        "made_at": at,
    }
    link, made = ShareLink.objects.get_or_create(seller=seller, key=key, defaults=given)
    if made:
        audit.record("share_link.made", of=link, by=by, sharer=sharer)
    return link


@transaction.atomic
def end(*, link: ShareLink, by, at) -> None:
    """It still leads to the page, and remembers nobody any more. Twice is once."""
    if ShareLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at):
        audit.record("share_link.ended", of=link, by=by)


def count_visit(link: ShareLink) -> None:
    ShareLink.objects.filter(pk=link.pk).update(visits=F("visits") + 1)


def carry(*, purchase: Purchase, code: str, at) -> None:
    """Note on the orders of the link's seller that they came by it. In the transaction that places them; for no code, nothing."""
    link = ShareLink.objects.filter(code=code, ended_at=None).first() if code else None
    if link is None:
        return
    orders = purchase.orders.filter(seller=link.seller)
    Carried.objects.bulk_create([Carried(order=order, link=link, at=at) for order in orders], ignore_conflicts=True)
