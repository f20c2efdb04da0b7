"""From the readings of one order to the lines that were sold.

An order that was never paid sells nothing. Money of a list of orders falls to its items in proportion to price × number, to
the fen; a refund of the whole order lies on its lines from the first one on, as far as each reaches:

    goods 145.80 of 109.00 and 36.80, refunded 120.00     →     109.00 and 11.00
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from marketplace.core.money import split

from .reading.readings import ITEM, LINE, ORDER, REFUND, Reading
from .states import SaleState


@dataclass(frozen=True, slots=True)
class Sold:
    """One line of a paid order. Money in fen; ``is_refund_unknown`` where something more was given back than we know of."""

    line_key: str
    state: int
    sold_on: str
    title: str
    code: str
    pack: str
    quantity: str
    unit: str
    gross_fen: int
    refunded_fen: int
    is_refund_unknown: bool


def lines_of(readings: Sequence[Reading]) -> list[Sold]:
    """The lines sold in one order, by the readings in force, in the order of the file. Empty while a half is missing."""
    heads = [reading for reading in readings if reading.kind == ORDER]
    items = [reading for reading in readings if reading.kind == ITEM]
    complete = [reading for reading in readings if reading.kind == LINE]
    looked_up = {reading.line_key: reading for reading in readings if reading.kind == REFUND}
    if heads and items:
        complete += with_money_of(heads[0], items)
    else:
        complete += [item for item in items if item.goods_fen is not None]
    paid = [reading for reading in complete if reading.state >= SaleState.PAID]
    return [sold(reading, looked_up.get(reading.line_key)) for reading in paid]


def with_money_of(head: Reading, items: Sequence[Reading]) -> list[Reading]:
    """The items with state, day and money; what they say of their own money goes before what the order says."""
    if all(item.goods_fen is not None for item in items):
        goods, refunds = [item.goods_fen or 0 for item in items], [item.refund_fen or 0 for item in items]
    else:
        goods = split(
            head.goods_fen or 0, [weight(item) for item in items] if any(map(weight, items)) else [1] * len(items)
        )
        refunds = [0] * len(items)
    refunds = spread((head.refund_fen or 0) - sum(refunds), refunds, goods)
    state = max(head.state, *(item.state for item in items))
    sold_on = head.sold_on or max(item.sold_on for item in items)
    return [
        replace(item, state=state, sold_on=sold_on, goods_fen=share, refund_fen=back)
        for item, share, back in zip(items, goods, refunds, strict=True)
    ]


def weight(item: Reading) -> int:
    """What an item would have cost by itself, in fen."""
    return (item.price_fen or 0) * int(item.quantity)


def spread(left: int, refunds: Sequence[int], goods: Sequence[int]) -> list[int]:
    """Put what is left of a refund on the lines from the first one on; no line gives back more than it brought."""
    spread_over = []
    for back, brought in zip(refunds, goods, strict=True):
        more = min(max(left, 0), brought - back)
        spread_over.append(back + more)
        left -= more
    return spread_over


def sold(reading: Reading, looked_up: Reading | None) -> Sold:
    """A line as it is counted. A refund whose amount staff looked up is no longer unknown."""
    gross, refund = reading.goods_fen or 0, reading.refund_fen
    if refund is None and looked_up is not None:
        refund = min(looked_up.refund_fen or 0, gross)
    return Sold(
        reading.line_key,
        reading.state,
        reading.sold_on,
        reading.title,
        reading.code,
        reading.pack,
        reading.quantity,
        reading.unit,
        gross,
        refund or 0,
        refund is None,
    )


def is_refunded_in_full(lines: Sequence[Sold]) -> bool:
    """True if nothing of the order's money stayed: its goods do not count as sold weight."""
    gross = sum(line.gross_fen for line in lines)
    return gross > 0 and sum(line.refunded_fen for line in lines) == gross
