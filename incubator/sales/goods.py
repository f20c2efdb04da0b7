"""Which good a line speaks of: by the account's own table of titles, by codes of our catalogue, and by words as the last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.catalogue.models import Product
from marketplace.partner.models import StockRecord

from . import weights
from .counting import Sold
from .models import AccountGood, ChannelAccount


@dataclass(frozen=True, slots=True)
class Good:
    """What is known of a pack: ``code`` as counted, ``grams`` a pack weighs (None: nobody knows), the product and its origin."""

    code: str = ""
    grams: int | None = None
    product: int | None = None
    producer: int | None = None
    county: str = ""


class Goods:
    """What one account's lines speak of, looked up once for many lines."""

    def __init__(self, account: ChannelAccount, lines: Iterable[Sold]):
        self.seller = account.seller_id
        self.titles = {good.title: good for good in AccountGood.objects.filter(account=account)}
        codes = {line.code for line in lines} | {good.code for good in self.titles.values()}
        self.products = catalogue_of({code for joined in codes for code in parts_of(joined)}, self.seller)

    def of(self, line: Sold) -> Good:
        """The good of a line; a bundle of several codes weighs what its parts weigh together."""
        taught = self.titles.get(line.title)
        code = line.code or (taught.code if taught else "")
        found = [self.products[part] for part in parts_of(code) if part in self.products]
        grams = taught.grams if taught and taught.grams else self.grams(code, found)
        if grams is None:
            grams = weights.in_words(line.pack) or weights.in_words(line.title)
        product = found[0] if found else None
        if product is None:
            return Good(code, grams)
        return Good(code, grams, product.pk, product.whole.producer_id, product.whole.origin)

    def grams(self, code: str, found: list[Product]) -> int | None:
        """Grams by the catalogue, if it knows every part of the code."""
        each = [product.net_weight_g for product in found]
        complete = bool(each) and all(each) and len(each) == len(parts_of(code))
        return sum(grams for grams in each if grams) if complete else None


def parts_of(code: str) -> list[str]:
    """Several codes may stand in one cell: "a;b"."""
    return [part.strip() for part in code.replace("；", ";").split(";") if part.strip()]


def catalogue_of(codes: set[str], seller: int | None) -> dict[str, Product]:
    """Packs of our catalogue by code: of this seller, or where no seller is known those with a code that only one has."""
    records = StockRecord.objects.filter(partner_sku__in=codes)
    if seller is not None:
        records = records.filter(partner=seller)
    by_code: dict[str, list[Product]] = defaultdict(list)
    for record in records.select_related("product__parent"):
        by_code[record.partner_sku].append(record.product)
    return {code: products[0] for code, products in by_code.items() if len(products) == 1}
