"""Whatever door changes a price, its history follows; whoever was granted goods hears that they are taken back."""

from django.conf import settings
from django.db.models.signals import post_save, pre_save
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from marketplace.core.events import receives
from marketplace.core.notices import saying
from marketplace.partner.models import StockRecord, SupplyGrant

from .models import PriceChange
from .news import tell_who_offers


def connect() -> None:
    """Called once when the app is ready."""
    pre_save.connect(remember_price, sender=StockRecord, dispatch_uid="offering.price_before")
    post_save.connect(note_price, sender=StockRecord, dispatch_uid="offering.price_after")


def remember_price(sender, instance, raw=False, **kwargs):
    """The price as it was, with the row of it that the history may lack."""
    instance._price_before = None
    if raw or instance.pk is None:
        return
    before = StockRecord.objects.filter(pk=instance.pk).values("price", "product_id", "date_created").first()
    if before is None or before["price"] is None:
        return
    instance._price_before = before["price"]
    if before["price"] != instance.price and not PriceChange.objects.filter(pack=before["product_id"]).exists():
        PriceChange.objects.create(
            pack_id=before["product_id"], price=before["price"], since=before["date_created"] or timezone.now()
        )


def note_price(sender, instance, raw=False, **kwargs):
    """One row for each new price."""
    if not raw and instance.price is not None and instance.price != instance._price_before:
        PriceChange.objects.create(pack_id=instance.product_id, price=instance.price, since=timezone.now())


@receives("supply_revoked")
def goods_are_taken_back(grant: int) -> None:
    """She hears that she can sell them no longer, and from whom."""
    revoked = SupplyGrant.objects.with_names().get(pk=grant)
    words = _("%(owner)s took back the grant for %(goods)s")
    with translation.override(settings.LANGUAGE_CODE):
        tell_who_offers(
            revoked.seller,
            cause=f"supply_revoked:{grant}",
            subject=saying(words, owner=lambda: revoked.pool.owner_name, goods=revoked.pool.name),
            body=_("Nobody can order these goods in your shop any more. What was ordered before is still sent."),
            link=reverse("seller:supply"),
        )
