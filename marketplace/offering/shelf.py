"""The list of a seller's goods: on sale, under review, off the shelf, drafts."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import models
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from marketplace.catalogue.models import Product
from marketplace.partner.models import StockRecord

from .models import Draft, Halt

PER_PAGE = 20


class ShelfTab(models.TextChoices):
    """Which of a seller's goods are shown."""

    ON_SALE = "on-sale", _("On sale")
    REVIEW = "review", _("Under review")
    OFF = "off", _("Off the shelf")
    DRAFTS = "drafts", _("Drafts")


@dataclass(frozen=True)
class SellerShelf:
    """One tab of the list, narrowed by a search; a fixed number of queries however many goods there are."""

    seller: object
    tab: str
    query: str
    number: str
    low_only: bool = False

    @classmethod
    def asked(cls, seller, asked) -> "SellerShelf":
        """What the address asks for; an unknown tab is the first one."""
        tab = asked.get("tab", "")
        query = asked.get("q", "").replace("\x00", "").strip()[:60]
        return cls(
            seller,
            tab if tab in ShelfTab.values else ShelfTab.ON_SALE,
            query,
            asked.get("page", ""),
            asked.get("low") == "1",
        )

    @property
    def shows_drafts(self) -> bool:
        return self.tab in {ShelfTab.REVIEW, ShelfTab.DRAFTS}

    def products(self):
        wholes = Product.objects.filter(seller=self.seller).exclude(structure=Product.CHILD)
        found = wholes.filter(is_public=self.tab == ShelfTab.ON_SALE, title__icontains=self.query)
        if not self.low_only:
            return found
        low = StockRecord.objects.low().filter(partner=self.seller)
        return found.filter(models.Q(stockrecords__in=low) | models.Q(children__stockrecords__in=low)).distinct()

    def drafts(self):
        own = Draft.objects.of(self.seller)
        found = own.waiting() if self.tab == ShelfTab.REVIEW else own.in_hand()
        return found.filter(words__title__icontains=self.query) if self.query else found

    def page(self):
        """The goods or drafts of the page asked for."""
        if self.shows_drafts:
            rows = self.drafts().with_cover()
        else:
            halts = models.Prefetch("halts", Halt.objects.standing(), to_attr="halted")
            rows = self.products().with_packs().prefetch_related(halts).order_by("-date_updated", "-pk")
        return Paginator(rows, PER_PAGE).get_page(self.number)

    @property
    def rest_of_address(self) -> str:
        """What else stands in the address beside the page, for the pager."""
        return f"{urlencode({'tab': self.tab, 'q': self.query, 'low': '1' if self.low_only else ''})}&"

    def tabs(self) -> list[dict]:
        """The four tabs, each with how much it holds."""
        held = self.counts()
        return [
            {"text": tab.label, "href": f"?tab={tab.value}", "current": tab == self.tab, "count": held[tab]}
            for tab in ShelfTab
        ]

    def counts(self) -> dict[str, int]:
        public = models.Count("pk", filter=models.Q(is_public=True))
        wholes = Product.objects.filter(seller=self.seller).exclude(structure=Product.CHILD)
        goods = wholes.aggregate(public=public, all=models.Count("pk"))
        own = Draft.objects.of(self.seller)
        return {
            ShelfTab.ON_SALE: goods["public"],
            ShelfTab.REVIEW: own.waiting().count(),
            ShelfTab.OFF: goods["all"] - goods["public"],
            ShelfTab.DRAFTS: own.in_hand().count(),
        }
