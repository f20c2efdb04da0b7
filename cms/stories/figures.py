"""Figures of stories, counted from the sale facts at the moment somebody looks.

All figures of a page in one query. A weight nobody knows makes the sum "at least"; where nothing is known, or the seller is
gone, there is no figure, and the page says so instead of printing 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from cms.blocks.stories import Measure
from incubator.sales.models import SaleFact
from marketplace.core.figures import QualifiedFigure, Qualifier, Unit
from marketplace.core.money import KG_G

GRAMS_PER_TONNE = 1_000_000
STEP = Decimal("0.1")
"""Shown to a tenth of a tonne, or of a kilogram below one tonne."""


@dataclass(frozen=True)
class LiveFigure:
    """What a live block shows today; ``figure`` is None where it cannot be computed."""

    figure: QualifiedFigure | None
    label: str
    since: date
    as_of: date


def compute(values: Iterable) -> None:
    """Give each block value its ``live`` figure."""
    blocks = list(values)
    counted = [(nth, value) for nth, value in enumerate(blocks) if value["seller"] and value["since"]]
    sums = aggregates(counted)
    today = timezone.localdate()
    for nth, value in enumerate(blocks):
        figure = figure_of(value["measure"], nth, sums, today)
        value.live = LiveFigure(figure, value["label"], value["since"], today)


def aggregates(counted: list) -> dict:
    """Per block: orders not refunded in full, grams kept, and lines of unknown weight."""
    wanted: dict = {}
    kept = Q(refunded_fen__lt=F("gross_fen"))
    for nth, value in counted:
        own = Q(seller=value["seller"].pk, sold_on__gte=value["since"])
        wanted[f"orders_{nth}"] = Count("order_number", distinct=True, filter=own & kept)
        wanted[f"grams_{nth}"] = Sum("grams_kept", filter=own)
        wanted[f"unknown_{nth}"] = Count("pk", filter=own & Q(grams_kept=None))
    return SaleFact.objects.current().counted().aggregate(**wanted) if wanted else {}


def figure_of(measure: str, nth: int, sums: dict, today: date) -> QualifiedFigure | None:
    if measure == Measure.ORDERS:
        orders = sums.get(f"orders_{nth}")
        return QualifiedFigure(orders, Unit.ORDER, as_of=today) if orders else None
    grams = sums.get(f"grams_{nth}")
    if not grams:
        return None
    qualifier = Qualifier.AT_LEAST if sums[f"unknown_{nth}"] else Qualifier.EXACT
    size, unit = (GRAMS_PER_TONNE, Unit.TONNE) if grams >= GRAMS_PER_TONNE else (KG_G, Unit.KILOGRAM)
    return QualifiedFigure((Decimal(grams) / size).quantize(STEP), unit, qualifier, today)
