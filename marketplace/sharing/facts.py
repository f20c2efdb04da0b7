"""What stands on a poster: of goods that are on the shelf, or of a shop."""

import hashlib
from dataclasses import astuple, dataclass

from django.utils.translation import gettext as _

from marketplace.catalogue.models import Listing
from marketplace.core.templatetags.yanxing import place, yuan
from marketplace.core.text import localized, pack_words
from marketplace.partner.models import Partner

LAYOUT = 1
"""Raise it when the drawing changes, so that no old picture is shown."""


@dataclass(frozen=True)
class Facts:
    """Words and picture of one poster, ready to be drawn; ``link`` is what the code leads to."""

    picture: str
    title: str
    price: str
    unit: str
    about: str
    shop: str
    hint: str
    brand: str
    note: str
    link: str

    @property
    def digest(self) -> str:
        """Equal for posters that look the same."""
        return hashlib.sha256(repr((LAYOUT, astuple(self))).encode()).hexdigest()


def of_listing(listing: Listing, link: str) -> Facts:
    """For goods: today's price of the cheapest pack, and its unit price."""
    unit = ""
    if listing.unit_price:
        unit = _("%(amount)s / 500 g") % {"amount": yuan(listing.unit_price)}
        unit = f"≈ {unit}" if listing.weight_is_about else unit
    price = yuan(listing.price) if listing.price is not None else ""
    return Facts(
        picture=listing.cover,
        title=localized(listing, "title"),
        price=_("from %(amount)s") % {"amount": price} if listing.packs > 1 and price else price,
        unit=unit,
        about=pack_words(listing.pack) if listing.packs == 1 else "",
        shop=listing.seller.display_name,
        note=_("Picture for illustration") if listing.cover_is_sample else "",
        link=link,
        **frame(),
    )


def of_shop(seller: Partner, link: str) -> Facts:
    """For a shop: its picture, or that of its first goods."""
    first = seller.listings.live().exclude(cover="").order_by("-rank", "product_id").first()
    story = seller.display_story.strip().splitlines()
    return Facts(
        picture=seller.picture or (first.cover if first else ""),
        title=seller.display_name,
        price="",
        unit=story[0] if story else "",
        about=place(seller.area) if seller.area else "",
        shop=seller.get_kind_display(),
        note=_("Picture for illustration") if first and first.cover_is_sample and not seller.picture else "",
        link=link,
        **frame(),
    )


def frame() -> dict[str, str]:
    """What every poster says, in the language that is switched on."""
    return {
        "hint": _("Press and hold to scan the code"),
        "brand": _("Yanxing · rural specialties"),
    }
