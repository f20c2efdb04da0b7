"""From gross sales to what can be distributed, line by line, in fen. Revenue is not income.

Unknown is not nothing: where one line's cost is unknown, the sum is, and so is everything below it.

    gross sales            10,000     10,000
    refunded                2,000          0
    net sales               8,000     10,000
    platform commission       400        500     5% of net
    payment fee                48         60
    partner commission          0    unknown
    freight … operating         …          …     known or not, each by itself
    distributable         (known)    unknown
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

HUNDRED, FEN_PER_YUAN, GRAMS_PER_KG = Decimal(100), Decimal(100), Decimal(1000)


class CostKind(models.TextChoices):
    """What is taken from net sales, in this order."""

    PLATFORM = "platform", pgettext_lazy("cost", "Platform commission")
    FEE = "fee", pgettext_lazy("cost", "Payment fee")
    PARTNER = "partner", pgettext_lazy("cost", "Partner's commission")
    FREIGHT = "freight", pgettext_lazy("cost", "Freight")
    PACKAGING = "packaging", pgettext_lazy("cost", "Packaging")
    RAW = "raw", pgettext_lazy("cost", "Raw goods bought")
    OPERATING = "operating", pgettext_lazy("cost", "Running costs")


class CostBasis(models.TextChoices):
    """What a cost is counted by."""

    PERCENT = "percent", pgettext_lazy("cost", "% of net sales")
    PER_KG = "per_kg", pgettext_lazy("cost", "¥ per kg")
    PER_PACK = "per_pack", pgettext_lazy("cost", "¥ per pack")
    PER_ORDER = "per_order", pgettext_lazy("cost", "¥ per order")


@dataclass(frozen=True, slots=True)
class Money:
    """One line: what it brought, and what each kind of cost took; None is unknown."""

    gross: int
    refunded: int
    costs: Mapping[str, int | None]

    @property
    def net(self) -> int:
        return self.gross - self.refunded

    @property
    def distributable(self) -> int | None:
        amounts = [self.costs.get(kind) for kind in CostKind]
        known = [amount for amount in amounts if amount is not None]
        return self.net - sum(known) if len(known) == len(amounts) else None


@dataclass(frozen=True)
class Step:
    """One row of the waterfall. ``amount`` and ``left`` are None once something is unknown; ``unknown`` lines lack it."""

    kind: str
    label: str
    amount: int | None
    left: int | None
    unknown: int = 0


@dataclass(frozen=True)
class Waterfall:
    """All lines of a period together; the same whatever their order."""

    gross: int
    refunded: int
    steps: list[Step]
    lines: int

    @property
    def net(self) -> int:
        return self.gross - self.refunded

    @property
    def distributable(self) -> int | None:
        return self.steps[-1].left


def added_up(lines: Iterable[Money]) -> Waterfall:
    """Sums of many lines: what holds for each line holds for the period, to the fen."""
    found = list(lines)
    gross, refunded = sum(line.gross for line in found), sum(line.refunded for line in found)
    steps: list[Step] = []
    left: int | None = gross - refunded
    for kind in CostKind:
        amounts = [line.costs.get(kind) for line in found]
        unknown = amounts.count(None)
        amount = None if unknown else sum(each or 0 for each in amounts)
        left = None if left is None or amount is None else left - amount
        steps.append(Step(kind.value, str(kind.label), amount, left, unknown))
    return Waterfall(gross, refunded, steps, len(found))


def cost_of(basis: str, value: Decimal, *, net: int, grams: int | None, packs: Decimal, is_first: bool) -> int | None:
    """What one line costs by one rule, rounded half up to the fen; None where its weight is unknown."""
    if basis == CostBasis.PERCENT:
        exact = value * max(net, 0) / HUNDRED
    elif basis == CostBasis.PER_KG:
        if grams is None:
            return None
        exact = value * FEN_PER_YUAN * grams / GRAMS_PER_KG
    elif basis == CostBasis.PER_PACK:
        exact = value * FEN_PER_YUAN * packs
    else:
        exact = value * FEN_PER_YUAN * int(is_first)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


LABELS = {
    "gross": _("Gross sales"),
    "refunded": _("Refunded"),
    "net": _("Net sales"),
    "left": _("Distributable income"),
}
