"""What a basket costs now: goods by seller, discounts, freight, total, and everything that stands in the way of ordering it.

Two people who look at the same ``fingerprint`` looked at the same goods, quantities, prices, discounts and freight.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from oscar.apps.basket.models import Line

from marketplace.catalogue import windows
from marketplace.catalogue.models import Product, ProductImage
from marketplace.core.money import to_yuan
from marketplace.core.statements import OfMany, Statement, take_along
from marketplace.partner.models import Partner, StockRecord
from marketplace.promotions import quoting as promotions
from marketplace.promotions.presence import concerns
from marketplace.shipping import charges

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class PricedLine:
    """A basket line at today's price; ``was`` is the price when it was put in, where that differs.

    ``off`` is what the seller's and the platform's promotions take off it, in fen.
    """

    line: object
    product: Product
    stock: StockRecord | None
    quantity: int
    unit_price: Decimal
    was: Decimal | None = None
    problem: str = ""
    off: tuple[int, int] = (0, 0)

    @property
    def total(self) -> Decimal:
        return self.unit_price * self.quantity

    @property
    def discount(self) -> Decimal:
        return to_yuan(sum(self.off))

    @property
    def promised_by(self) -> str:
        """The day a pre-sale is sent, in ISO; empty for goods that are sent at once."""
        return str(self.product.promised_by(timezone.localdate()) or "")

    @property
    def presale_words(self) -> str:
        """When it is sent, where that is not at once."""
        return windows.presale_words(self.product, timezone.localdate())

    @property
    def return_exempt(self) -> bool:
        return self.product.whole.return_exempt


@dataclass(frozen=True)
class SellerGroup:
    """The goods of one seller, which become one order."""

    seller: Partner
    lines: tuple[PricedLine, ...]
    charge: charges.Charge
    problem: str = ""
    savings: tuple[promotions.Saving, ...] = ()

    @property
    def goods(self) -> Decimal:
        return sum((line.total for line in self.lines), ZERO)

    @property
    def discount(self) -> Decimal:
        return sum((line.discount for line in self.lines), ZERO)

    @property
    def freight(self) -> Decimal | None:
        return self.charge.fee

    @property
    def undeliverable(self) -> bool:
        return not self.charge.delivers

    @property
    def subtotal(self) -> Decimal:
        return self.goods - self.discount + (self.freight or ZERO)


@dataclass(frozen=True)
class Quote:
    """A basket at today's prices. ``freight`` is None until the province is known and every seller delivers there."""

    groups: tuple[SellerGroup, ...]
    province: str | None = None
    fingerprint: str = field(default="")
    promoted: promotions.Promoted = promotions.NOTHING

    @property
    def lines(self) -> list[PricedLine]:
        return [line for group in self.groups for line in group.lines]

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def goods(self) -> Decimal:
        return sum((group.goods for group in self.groups), ZERO)

    @property
    def discount(self) -> Decimal:
        return sum((group.discount for group in self.groups), ZERO)

    @property
    def freight(self) -> Decimal | None:
        fees = [group.freight for group in self.groups if group.freight is not None]
        return sum(fees, ZERO) if len(fees) == len(self.groups) else None

    @property
    def total(self) -> Decimal:
        return self.goods - self.discount + (self.freight or ZERO)

    @property
    def problems(self) -> list[str]:
        """Sentences for the buyer; empty when the basket can be ordered."""
        words = [group.problem for group in self.groups] + [line.problem for line in self.lines]
        return [sentence for sentence in words if sentence]

    @property
    def exempt_lines(self) -> list[PricedLine]:
        """Fresh goods whose exemption from returns the buyer has to confirm for this purchase."""
        return [line for line in self.lines if line.return_exempt]


def price_basket(basket, province: str | None, *, guest: str = "") -> Quote:
    """Today's prices for ``basket`` sent to ``province`` (two digits), in a fixed number of queries.

    ``guest`` is the mobile number of a buyer without an account, where it is known: some discounts count uses by buyer.
    """
    lines = sorted((priced(line) for line in load_lines(basket)), key=lambda line: line.product.whole.seller_id)
    promoted = promotions.of_basket(basket, lines, guest=guest)
    lines = [replace(line, off=promoted.off(line.line)) for line in lines]
    terms = charges.terms_of([line.product.whole for line in lines] if province else [])
    groups = tuple(
        group_of(tuple(of_seller), province, terms, tuple(promoted.savings_at(seller_id)))
        for seller_id, of_seller in groupby(lines, key=lambda line: line.product.whole.seller_id)
    )
    return Quote(groups, province, fingerprint(groups, province), promoted)


def lines_of(basket: int, day: date):
    seller = Coalesce("product__parent__seller", "product__seller")
    lines = Line.objects.filter(basket=basket).annotate(seller=seller, is_promoted=concerns("seller", day))
    return lines.select_related("product__seller", "product__parent__seller").order_by("id")


LINES = Statement(lines_of, int, date)
STOCK = Statement(lambda basket: StockRecord.objects.filter(product__basket_lines__basket=basket), int)
PICTURES = OfMany(lambda *wholes: ProductImage.objects.filter(product__in=wholes), int)


def load_lines(basket) -> list:
    """The basket's lines with everything pricing looks at, in two queries."""
    if basket.pk is None:
        return []
    lines = LINES.rows(basket.pk, timezone.localdate())
    stocked = {record.product_id: record for record in STOCK.rows(basket.pk)}
    for line in lines:
        line.basket = basket
        take_along(line.product, "stockrecords", [stocked[line.product_id]] if line.product_id in stocked else [])
    return lines


def fetch_pictures(quote: Quote) -> None:
    """The pictures of all goods in one query, for a page that shows them."""
    pictures = PICTURES.rows(line.product.whole.pk for line in quote.lines)
    for line in quote.lines:
        whole = line.product.whole
        take_along(whole, "images", [picture for picture in pictures if picture.product_id == whole.pk])


def priced(line) -> PricedLine:
    """One line at today's price, with what is wrong with it."""
    price = line.product.price
    return PricedLine(
        line=line,
        product=line.product,
        stock=line.product.stock,
        quantity=line.quantity,
        unit_price=price if price is not None else ZERO,
        was=line.price_incl_tax if price is not None and line.price_incl_tax != price else None,
        problem=problem_of(line.product, line.quantity),
    )


def problem_of(product: Product, quantity: int) -> str:
    """Why this many of a pack cannot be ordered now, or nothing."""
    title = product.display_title
    if not (product.is_public and product.whole.is_public) or product.price is None:
        return _("%(title)s is no longer sold. Please remove it.") % {"title": title}
    closed = windows.closed_words(product, timezone.localdate())
    if closed:
        return _("%(title)s: %(why)s Please remove it.") % {"title": title, "why": closed}
    if product.available < 1:
        return _("%(title)s is sold out. Please remove it.") % {"title": title}
    if quantity > product.available:
        return _("Of %(title)s only %(n)s are left. Please choose fewer.") % {"title": title, "n": product.available}
    return ""


def group_of(lines: tuple[PricedLine, ...], province: str | None, terms: charges.Terms, savings) -> SellerGroup:
    """One seller's lines with their freight and discounts."""
    seller = lines[0].product.whole.seller
    charge = charges.charge(lines, province, terms)
    return SellerGroup(
        seller=seller, lines=lines, charge=charge, problem=group_problem(seller, charge), savings=savings
    )


def group_problem(seller: Partner, charge: charges.Charge) -> str:
    """Why this seller cannot take the order, or nothing."""
    if not seller.is_open:
        day = date_format(seller.closed_until, "DATE_FORMAT") if seller.closed_until else ""
        return _("%(shop)s is closed and opens again on %(day)s.") % {"shop": seller.display_name, "day": day}
    if not charge.delivers:
        return _("%(shop)s does not deliver to this region.") % {"shop": seller.display_name}
    return ""


def fingerprint(groups: tuple[SellerGroup, ...], province: str | None) -> str:
    """A short mark of everything the buyer agrees to."""
    parts = [str(province)]
    for group in groups:
        parts.append(f"{group.seller.pk}:{group.freight}")
        parts += [
            f"{line.product.pk}×{line.quantity}@{line.unit_price}-{line.discount}{line.promised_by}"
            for line in group.lines
        ]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]
