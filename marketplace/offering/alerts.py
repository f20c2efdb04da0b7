"""Low stock: whoever offers goods is told once each time a pack falls to its threshold, and again after it was filled up."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core.notices import saying
from marketplace.core.text import pack_words
from marketplace.partner.models import StockRecord

from .news import tell_who_offers

LINK = "/seller/products/?low=1"
MOST = 500


def tell_of_low_stock(at) -> int:
    """Tell of packs that crossed their threshold since the last look; returns how many. Twice tells nobody twice."""
    StockRecord.objects.exclude(pk__in=StockRecord.objects.low().values("pk")).filter(low_told_at__isnull=False).update(
        low_told_at=None
    )
    crossed = StockRecord.objects.low().filter(low_told_at__isnull=True).order_by("pk")
    return sum(
        tell(record, at) for record in crossed.select_related("product__parent", "partner", "pool", "grant")[:MOST]
    )


@transaction.atomic
def tell(record: StockRecord, at) -> bool:
    """One notice for one crossing; False if another worker was quicker."""
    if not StockRecord.objects.filter(pk=record.pk, low_told_at__isnull=True).update(low_told_at=at):
        return False
    pack, whole = record.product, record.product.whole
    subject = saying(
        _("Low stock: %(title)s %(pack)s"), title=lambda: whole.display_title, pack=lambda: pack_words(pack.pack)
    )
    body = saying(_("%(n)s are left. Count again, or take it off the shelf."), n=record.free)
    cause = f"low_stock:{record.pk}:{at:%Y%m%d%H%M%S%f}"
    tell_who_offers(record.partner, cause=cause, subject=subject, body=body, link=LINK)
    return True
