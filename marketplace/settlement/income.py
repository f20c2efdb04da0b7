"""What each seller sold, gave back and was charged in a period, as the ledger says: the figures platforms report each quarter."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from marketplace.core.money import to_yuan

from .kinds import Label, PostingKind
from .models import Entry
from .periods import Period

SOLD = (Label.GOODS, Label.OWN_PROMOTION, Label.FREIGHT)
"""What a sale brings: goods less her own discount, and freight. A discount the platform pays lowers nothing."""
KEPT = (Label.COMMISSION, Label.COMMISSION_BACK)


@dataclass(frozen=True)
class Income:
    """One seller's figures; fen."""

    seller: int
    orders: int
    sold: int
    refunded_orders: int
    refunded: int
    fees: int

    @property
    def in_yuan(self) -> dict[str, Decimal]:
        """Gross, refunds, net and the platform's fees."""
        net = self.sold - self.refunded
        return {
            "sold": to_yuan(self.sold),
            "refunded": to_yuan(self.refunded),
            "net": to_yuan(net),
            "fees": to_yuan(self.fees),
        }


def of_sellers(period: Period) -> list[Income]:
    """Every seller to whom anything of this happened, by seller id. Two questions, however many sellers and entries."""
    entries = Entry.objects.filter(account__seller__isnull=False, at__gte=period.begins, at__lt=period.ends)
    counts = {row.pop("account__seller"): row for row in counted(entries)}
    sums: dict[int, dict[str, int]] = {}
    wanted = entries.filter(label__in=[*SOLD, *KEPT, Label.REFUND])
    for seller, label, fen in wanted.order_by().values_list("account__seller", "label").annotate(fen=Sum("fen")):
        sums.setdefault(seller, {})[label] = fen
    return [income(seller, sums[seller], counts[seller]) for seller in sorted(sums)]


def counted(entries) -> Iterable[dict]:
    """How many orders were paid, and of how many something was given back."""
    paid = Count("order", distinct=True, filter=Q(posting__kind=PostingKind.PAID))
    refunded = Count("order", distinct=True, filter=Q(posting__kind=PostingKind.REFUND))
    return entries.order_by().values("account__seller").annotate(orders=paid, refunded_orders=refunded)


def income(seller: int, fen: dict[str, int], counts: dict[str, int]) -> Income:
    return Income(
        seller=seller,
        sold=sum(fen.get(label, 0) for label in SOLD),
        refunded=-fen.get(Label.REFUND, 0),
        fees=-sum(fen.get(label, 0) for label in KEPT),
        **counts,
    )
