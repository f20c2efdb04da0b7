"""A match of a whole market: candidate lists, the exact best choice on them, and its proof. No table of all pairs is made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import fsum

import numpy as np

from .candidates import PER_PARTNER, PER_PRODUCT, Candidates, candidates
from .market import build
from .match import Refused, Request
from .solver import Answer, Overbooked, Question, solve


@dataclass
class MarketResult:
    """What was chosen. ``answer`` holds objective and bound, equal where the choice is the best on the lists."""

    request: Request
    listed: Candidates
    answer: Answer

    @cached_property
    def rows(self) -> np.ndarray:
        """Positions of the chosen pairs in the question."""
        return np.flatnonzero(self.answer.chosen)

    @property
    def covered(self) -> tuple[int, int]:
        """Products and partners with at least one pair."""
        products, partners = self.answer.load
        return int((products > 0).sum()), int((partners > 0).sum())

    @property
    def sum_score(self) -> float:
        return fsum(self.answer.question.score[self.rows])

    def pairs(self) -> list[tuple[str, str]]:
        """Ids of the chosen pairs, pins that are on no list included."""
        question, products, partners = self.answer.question, self.request.products, self.request.partners
        found = set(zip(question.product[self.rows].tolist(), question.partner[self.rows].tolist(), strict=True))
        return [(products[i].id, partners[j].id) for i, j in sorted(found | set(question.pins))]


def match_market(request: Request, *, per_product: int = PER_PRODUCT, per_partner: int = PER_PARTNER) -> MarketResult:
    """Match a market of any size, exact on its candidate lists; raises Refused as ``match`` does.

    Pins need no reason here: staff pin pairs of a fair, a market keeps what was promised before.
    """
    market = build(request.products, request.partners)
    listed = candidates(market, request.weights, per_product=per_product, per_partner=per_partner)
    pins = [request.row_of(pin) for pin in request.pins]
    kept = ~np.isin(keys(listed.product, listed.partner), keys_of(request, request.bans))
    inertia = request.weights.inertia * np.isin(
        keys(listed.product, listed.partner),
        keys_of(request, (pair for pair in request.previous if known(request, pair))),
    )
    try:
        question = Question(
            market.products.slots,
            market.partners.slots,
            market.products.weak,
            listed.product[kept],
            listed.partner[kept],
            (listed.score + inertia)[kept],
            pins=pins,
        )
    except Overbooked as error:
        raise Refused("overbooked", [getattr(request, error.side)[error.row].id]) from None
    return MarketResult(request, listed, solve(question))


def known(request: Request, pair) -> bool:
    """True if both sides of a pair of the run before are still here."""
    products, partners = request.rows
    return pair[0] in products and pair[1] in partners


def keys(product: np.ndarray, partner: np.ndarray) -> np.ndarray:
    """One number for each pair."""
    return product.astype(np.int64) << 32 | partner


def keys_of(request: Request, pairs) -> np.ndarray:
    return np.array([i << 32 | j for i, j in map(request.row_of, pairs)], dtype=np.int64)
