"""What the seller's front page says about her goods."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.partner.models import StockRecord
from marketplace.seller.capabilities import Can
from marketplace.seller.home import Todo
from marketplace.seller.models import Membership

from .models import Draft, Halt
from .shelf import ShelfTab
from .states import DraftState


def goods_to_see_to(member: Membership) -> list[Todo]:
    """Goods the marketplace took off the shelf, packs that run out, and drafts the reviewers gave back; nothing for who does not offer goods."""
    if not member.may(Can.LIST):
        return []
    low = StockRecord.objects.low().filter(partner=member.seller).count()
    back = Draft.objects.of(member.seller).filter(state__in=[DraftState.ASKED, DraftState.REJECTED]).count()
    products = reverse("seller:products")
    halted = Halt.objects.standing().filter(product__seller=member.seller).count()
    found = []
    if halted:
        note = _("The marketplace says why; they cannot be sold until it is put right.")
        found.append(Todo(_("Goods taken off the shelf"), note, number=halted, href=f"{products}?tab={ShelfTab.OFF}"))
    if back:
        note = _("The reviewers have left a note.")
        found.append(Todo(_("Listings to put right"), note, number=back, href=f"{products}?tab={ShelfTab.DRAFTS}"))
    if low:
        note = _("Count again, or take them off the shelf.")
        found.append(Todo(_("Packs with low stock"), note, number=low, href=f"{products}?low=1"))
    return found
