"""A product as its page shows it: the chosen pack, what is promised, where it comes from."""

from dataclasses import dataclass

from django.apps import apps
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from marketplace.core import areas, money
from marketplace.core.statements import Statement
from marketplace.core.text import is_english

from . import prices, windows
from .models import Product

LOW_STOCK = 10
PRICE_CHANGES = Statement(  # written down by the sellers' rooms, which stand above this one
    lambda pack: apps.get_model("offering", "PriceChange").objects.filter(pack=pack).values_list("since", "price"), int
)


@dataclass(frozen=True)
class Offer:
    """One pack of a product on its page."""

    product: Product
    pack: Product
    province: str = ""

    @property
    def seller(self):
        return self.product.seller

    @cached_property
    def packs(self):
        return self.product.packs

    @cached_property
    def can_buy(self) -> bool:
        return self.pack.available > 0 and self.pack.price is not None and self.seller.is_open and not self.closed_words

    @cached_property
    def closed_words(self) -> str:
        """Why it is not sold today; empty in its season."""
        return windows.closed_words(self.pack, timezone.localdate())

    @cached_property
    def presale_words(self) -> str:
        """When a pre-sale is sent; empty for goods that are sent at once."""
        return windows.presale_words(self.product, timezone.localdate())

    @cached_property
    def price_per_kg(self):
        """Yuan per kilogram of net content; None where the unit price is not shown."""
        if self.pack.unit_price is None or self.pack.net_weight_g is None:
            return None
        return money.unit_price(self.pack.price, self.pack.net_weight_g, per_g=1000)

    @cached_property
    def was_price(self):
        """A higher price that was really charged until shortly ago, or None."""
        return prices.struck_out(PRICE_CHANGES.rows(self.pack.pk), timezone.now())

    @property
    def low_stock(self) -> int:
        """The true number left when it is small, else 0."""
        return self.pack.available if 0 < self.pack.available <= LOW_STOCK else 0

    @cached_property
    def pictures(self):
        return self.product.images.all()

    @cached_property
    def photos(self):
        return [image for image in self.pictures if not image.is_long]

    @property
    def long_pictures(self):
        return [image for image in self.pictures if image.is_long]

    @property
    def has_sample_pictures(self) -> bool:
        return any(image.is_sample for image in self.pictures)

    @cached_property
    def certificates(self):
        """Those that count today."""
        today = timezone.localdate()
        return [certificate for certificate in self.product.certificates.all() if certificate.is_valid_on(today)]

    @cached_property
    def origin(self) -> str:
        if not self.product.origin:
            return ""
        return areas.full_name(self.product.origin, language="en" if is_english() else "zh")

    @property
    def chain(self) -> list[dict]:
        """来路: from the shop back to the field, a missing link shown as unknown."""
        seller, producer = self.seller, self.product.producer
        shop = {
            "title": seller.display_name,
            "note": seller.get_kind_display(),
            "icon": "shop",
            "href": seller.get_absolute_url(),
            "state": "here",
        }
        grower = (
            {
                "title": producer.display_name,
                "note": producer.get_kind_display(),
                "icon": "people",
                "href": producer.get_absolute_url(),
            }
            if producer
            else {"title": _("Producer"), "state": "unknown"}
        )
        field = (
            {"title": _("Place of origin"), "note": self.origin, "icon": "place"}
            if self.origin
            else {"title": _("Place of origin"), "state": "unknown"}
        )
        papers = [{"title": paper.display_name, "note": paper.number, "icon": "cert"} for paper in self.certificates]
        return [shop, *papers, grower, field]

    @property
    def structured_data(self) -> dict:
        """The product for search engines (schema.org Product and Offer)."""
        return {
            "@context": "https://schema.org",
            "@type": "Product",
            "name": self.product.display_title,
            "sku": self.pack.stock.partner_sku if self.pack.stock else str(self.pack.pk),
            "image": [photo.large_url for photo in self.photos],
            "offers": {
                "@type": "Offer",
                "priceCurrency": "CNY",
                "price": str(self.pack.price or ""),
                "availability": f"https://schema.org/{'InStock' if self.can_buy else 'OutOfStock'}",
            },
        }


def of(product: Product, *, asked: str, province: str) -> Offer:
    """The offer for the pack in the address, else the first that can be had."""
    for pack in product.packs:
        if asked.isdecimal() and pack.pk == int(asked):
            return Offer(product, pack, province)
    available = [pack for pack in product.packs if pack.available > 0]
    return Offer(product, next(iter(available or product.packs), product), province)
