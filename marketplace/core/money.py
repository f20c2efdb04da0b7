"""Arithmetic on money: `Decimal` yuan at the edges, integer fen (1 yuan = 100 fen) for what is divided.

Splits use the largest remainder. ¥1.00 between three equal orders, in fen:

    weight    exact share    whole    remainder    gets
       1         33.33         33        1/3        34     one fen is left: of equal remainders the first wins
       1         33.33         33        1/3        33
       1         33.33         33        1/3        33
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q
from django.db.models.expressions import Combinable

FEN = Decimal("0.01")
LARGEST = 15  # power of ten: more yuan than there are, and still exact in 28 digits
JIN_G = 500
KG_G = 1000


def to_fen(yuan: Decimal) -> int:
    """Whole fen of an exact amount; `ValueError` for parts of a fen, no number, or more than 10^16 yuan."""
    if not isinstance(yuan, Decimal):
        raise TypeError(f"yuan come as Decimal, not {type(yuan).__name__}")
    if not yuan.is_finite() or yuan.adjusted() > LARGEST or yuan != yuan.quantize(FEN):
        raise ValueError(f"{yuan} yuan is not a whole number of fen")
    return int(yuan.scaleb(2))


def to_yuan(fen: int) -> Decimal:
    """Yuan with exactly two places."""
    return Decimal(fen).scaleb(-2).quantize(FEN)


def split(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Divide in proportion to the weights so that the parts add up to the total, to the fen.

    Each part is its exact share rounded down or up. Equal remainders go to the earliest. A negative total
    (a refund) divides as the positive one does, with the sign turned. A weight of zero gets nothing; if all
    are zero only nothing can be divided, and any other total is a `ValueError`, as are negative weights.
    """
    _check(total_fen, weights)
    sign, size, whole = (-1 if total_fen < 0 else 1), abs(total_fen), sum(weights) or 1
    parts = [size * weight // whole for weight in weights]
    by_remainder = sorted(range(len(parts)), key=lambda i: size * weights[i] % whole, reverse=True)
    for i in by_remainder[: size - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]


def _check(total_fen: int, weights: Sequence[int]) -> None:
    if any(weight < 0 for weight in weights):
        raise ValueError("weights cannot be negative")
    if total_fen and not any(weights):
        raise ValueError("nobody to give the money to")


def unit_price(price: Decimal, net_weight_g: int, per_g: int = JIN_G) -> Decimal:
    """Yuan per 斤 (500 g) or per `per_g` grams, rounded half up to the fen: 59.90 for 5 kg is 5.99 a 斤."""
    if net_weight_g <= 0 or per_g <= 0:
        raise ValueError("a unit price needs a weight above zero")
    return (price * per_g / net_weight_g).quantize(FEN, rounding=ROUND_HALF_UP)


def adds_up(total: str, parts: Combinable) -> Q:
    """For constraints: this column of yuan is the sum, to less than half a fen. SQLite adds in binary: 0.10 + 0.20 is not 0.30."""
    half = FEN / 2
    return Q(**{f"{total}__gt": parts - half, f"{total}__lt": parts + half})
