"""The seven hard rules. A pair is possible when it breaks none; if it breaks some, all of them are named, in this order.

| code        | broken when                                                        |
|-------------|--------------------------------------------------------------------|
| category    | the partner does not sell the product's category                   |
| certificate | the partner asks for a certificate that the product lacks          |
| season      | fewer than two months in common; months wrap round the year        |
| region      | the partner buys from named counties, and this is none of them     |
| cold_chain  | the product needs a cold chain and the partner has none            |
| volume      | a year's volume is less than the least the partner takes           |
| price       | what remains of the highest price after commission is below the floor |
"""

from __future__ import annotations

import numpy as np

from .market import PRICE_SCALE, Partners, Products

LEAST_MONTHS = 2
MONTHS_IN = np.array([bin(bits).count("1") for bits in range(4096)], dtype=np.int8)
"""How many months a bit mask of twelve names."""


def category(p: Products, q: Partners) -> np.ndarray:
    return ~q.buys[q.row, p.category]


def certificate(p: Products, q: Partners) -> np.ndarray:
    return (q.required & ~p.certificates) != 0


def season(p: Products, q: Partners) -> np.ndarray:
    return MONTHS_IN[p.months & q.months] < LEAST_MONTHS


def region(p: Products, q: Partners) -> np.ndarray:
    return ~q.serves[q.row, p.county]


def cold_chain(p: Products, q: Partners) -> np.ndarray:
    return p.cold_chain & ~q.cold_chain


def volume(p: Products, q: Partners) -> np.ndarray:
    return p.volume < q.min_volume


def price(p: Products, q: Partners) -> np.ndarray:
    return q.price_to * (PRICE_SCALE - q.commission) < p.floor * PRICE_SCALE


RULES = (category, certificate, season, region, cold_chain, volume, price)
CODES = tuple(rule.__name__ for rule in RULES)
BANNED = "banned"


def broken(p: Products, q: Partners) -> np.ndarray:
    """For each pair the rules it breaks, as bits in the order of CODES; 0 where the pair is possible."""
    found = np.zeros(np.broadcast_shapes(p.row.shape, q.row.shape), dtype=np.uint8)
    for number, rule in enumerate(RULES):
        found |= np.left_shift(rule(p, q).astype(np.uint8), np.uint8(number))
    return found


def possible(p: Products, q: Partners) -> np.ndarray:
    """True for each pair that breaks no rule."""
    fits = np.ones(np.broadcast_shapes(p.row.shape, q.row.shape), dtype=bool)
    for rule in RULES:
        fits &= ~rule(p, q)
    return fits


def codes(found: int) -> list[str]:
    """The names of the rules in one entry of ``broken``."""
    return [code for number, code in enumerate(CODES) if found >> number & 1]
