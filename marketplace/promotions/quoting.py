"""What a basket's promotions take off it today, and why a voucher that was entered takes off nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.catalogue.models import Category
from marketplace.core.encryption import blind_index
from marketplace.core.money import to_fen, to_yuan
from marketplace.core.templatetags.yanxing import yuan

from .cuts import Cut, Goods, used
from .models import EnteredCode, Promotion, Reach
from .states import PromotionState

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Saving:
    """What one promotion takes off, in yuan: of one seller's goods or of all."""

    promotion: Promotion
    amount: Decimal


@dataclass(frozen=True)
class Entered:
    """A voucher in the basket; ``why`` says why it takes off nothing, and is empty if it does."""

    promotion: Promotion
    why: str = ""


@dataclass(frozen=True)
class Promoted:
    """What promotions do to a basket. ``by_line``: own and platform's discount in fen by the key of the basket's line."""

    by_line: dict[int, tuple[int, int]] = field(default_factory=dict)
    used: tuple[tuple[Promotion, dict[int, int]], ...] = ()
    entered: tuple[Entered, ...] = ()

    def off(self, line) -> tuple[int, int]:
        """(own, platform's) discount of a line of the basket, in fen."""
        return self.by_line.get(line.pk, (0, 0))

    def savings_at(self, seller_id: int) -> list[Saving]:
        """What each promotion takes off one seller's goods."""
        return [Saving(each, to_yuan(fen[seller_id])) for each, fen in self.used if fen.get(seller_id)]

    @property
    def savings(self) -> list[Saving]:
        """What each promotion takes off in all."""
        return [Saving(each, to_yuan(sum(fen.values()))) for each, fen in self.used]


NOTHING = Promoted()


def buyer_key(buyer_id: int | None, mobile: str) -> str:
    """Whose uses are counted together: an account's, or those of a guest's number, which is kept as a keyed hash only."""
    if buyer_id is not None:
        return f"account {buyer_id}"
    return blind_index(mobile) if mobile else ""


def of_basket(basket, lines: Sequence, *, guest: str = "") -> Promoted:
    """What promotions do to ``lines`` (priced ones) of a basket. ``guest`` is the number of a buyer without an account.

    Asks nothing where no line says that a promotion concerns it.
    """
    if not any(line.line.is_promoted for line in lines):
        return NOTHING
    day = timezone.localdate()
    entered = list(EnteredCode.objects.filter(basket=basket).order_by("pk").values_list("promotion", flat=True))
    found = candidates(entered, {seller_of(line) for line in lines}, day, buyer_key(basket.owner_id, guest))
    goods = goods_of(lines, found)
    possible = [each for each in found if not why_not(each, day)]
    cuts = used(goods, [each.terms() for each in possible])
    return Promoted(by_line(lines, cuts), used_by(cuts, goods, possible), told(found, entered, goods, cuts, day))


def seller_of(line) -> int:
    return line.product.whole.seller_id


def candidates(entered: list[int], sellers: set[int], day, buyer: str) -> list[Promotion]:
    """The offers that run for these sellers, and the vouchers in the basket whatever their state."""
    offers = Promotion.objects.running(day).offers().filter(Q(seller=None) | Q(seller__in=sellers))
    mine = Q(uses__buyer=buyer, uses__returned_at=None) if buyer else Q(pk__in=[])
    return list(
        Promotion.objects.filter(Q(pk__in=entered) | Q(pk__in=offers.values("pk")))
        .annotate(used_by_buyer=Count("uses", filter=mine))
        .select_related("category", "seller")
        .prefetch_related("products")
        .order_by("pk")
    )


def goods_of(lines: Sequence, promotions: Sequence[Promotion]) -> list[Goods]:
    """The lines as ``cuts`` reckons with them; categories only where a promotion asks for one."""
    paths = defaultdict(list)
    if any(each.reach == Reach.CATEGORY for each in promotions):
        wholes = {line.product.whole.pk for line in lines}
        for product, path in Category.objects.filter(product__in=wholes).values_list("product", "path"):
            paths[product].append(path)
    return [
        Goods(seller_of(line), line.product.whole.pk, to_fen(line.total), tuple(paths[line.product.whole.pk]))
        for line in lines
    ]


def by_line(lines: Sequence, cuts: Sequence[Cut]) -> dict[int, tuple[int, int]]:
    """(own, platform's) discount by the key of the basket's line."""
    off = {line.line.pk: [0, 0] for line in lines}
    for cut in cuts:
        for line, fen in zip(lines, cut.by_line, strict=True):
            off[line.line.pk][cut.terms.seller is None] += fen
    return {line: (own, platform) for line, (own, platform) in off.items() if own or platform}


def used_by(cuts: Sequence[Cut], goods: Sequence[Goods], promotions: Sequence[Promotion]):
    """Each promotion that is used, with what it takes off by seller."""
    by_key = {each.pk: each for each in promotions}
    found = []
    for cut in cuts:
        by_seller: dict[int, int] = defaultdict(int)
        for each, fen in zip(goods, cut.by_line, strict=True):
            by_seller[each.seller] += fen
        found.append((by_key[cut.terms.key], dict(by_seller)))
    return tuple(found)


def why_not(promotion: Promotion, day) -> str:
    """Why nobody, or this buyer, can use it now; empty if she can."""
    if promotion.state == PromotionState.ENDED or promotion.ends_on < day:
        return _("This voucher is no longer valid.")
    if promotion.state == PromotionState.PAUSED:
        return _("This voucher cannot be used at the moment.")
    if promotion.starts_on > day:
        return _("This voucher can be used from %(day)s on.") % {"day": date_format(promotion.starts_on, "DATE_FORMAT")}
    if promotion.is_used_up:
        return _("This voucher has been used up.")
    taken = getattr(promotion, "used_by_buyer", 0)
    if promotion.max_per_buyer is not None and taken >= promotion.max_per_buyer:
        return _("You have used this voucher as often as one buyer may.")
    return ""


def told(found, entered: list[int], goods: Sequence[Goods], cuts: Sequence[Cut], day) -> tuple[Entered, ...]:
    """The vouchers in the basket, each with what stands in its way."""
    at_work = {cut.terms.key for cut in cuts}
    vouchers = [each for each in found if each.pk in entered]
    return tuple(
        Entered(each, "" if each.pk in at_work else why_not(each, day) or why_idle(each, goods, cuts))
        for each in vouchers
    )


def why_idle(promotion: Promotion, goods: Sequence[Goods], cuts: Sequence[Cut]) -> str:
    """Why a voucher that could be used takes nothing off these goods."""
    terms = promotion.terms()
    covered = [each.fen for each in goods if terms.covers(each)]
    if not covered:
        return _("This voucher is not for the goods in your basket.")
    price = left_to_pay(goods, terms, cuts)
    if price < terms.minimum:
        more = yuan(to_yuan(terms.minimum - price))
        return _("Goods for %(amount)s more, and this voucher can be used.") % {"amount": more}
    if any(cut.terms.seller == terms.seller for cut in cuts) or not price:
        return _("Another discount saves you more and is used instead.")
    return _("This voucher has been used up.")


def left_to_pay(goods: Sequence[Goods], terms, cuts: Sequence[Cut]) -> int:
    """What the goods a promotion is for cost after the discounts that come before it."""
    before = [cut for cut in cuts if terms.seller is None and cut.terms.seller is not None]
    off = [sum(cut.by_line[place] for cut in before) for place in range(len(goods))]
    return sum(each.fen - less for each, less in zip(goods, off, strict=True) if terms.covers(each))
