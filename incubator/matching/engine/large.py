"""A match of a whole market: candidate lists, the exact best choice on them, and how far from the best of all that can be.

The first lists hold the best scores, and pairs that chance put there, so that every partner is on many. The choice on these lists
says what slots are worth; with such prices the next lists hold the pairs that would add most, beside those already chosen. The
prices also bound what any choice of the whole market can be worth, listed or not:

    bound on the list  −  Σ over listed pairs of what they would add  +  Σ over products of what their best pairs would add

(each pair at least 0, of a product as many pairs as it has slots: if more would add something, a higher price of its slots gives
the same bound). Rounds end when the choice is within TOLERANCE of that, or after ROUNDS. No table of all pairs is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import fsum

import numpy as np

from .candidates import Candidates, Possible, Prices, joined, possible_pairs
from .market import build
from .match import Refused, Request
from .solver import LARGEST, Answer, Overbooked, Question, solve

FIRST_LISTS, LATER_LISTS = (12, 8), (20, 10)
"""How many pairs of each product, and of each partner within a category; the first lists hold as many by chance."""
ROUNDS, TOLERANCE, FEW = 5, 0.01, 100


@dataclass
class MarketResult:
    """What was chosen. ``answer`` holds objective and bound, equal where the choice is the best on the lists; ``ceiling`` is what
    no choice of the whole market can exceed, in the same units."""

    request: Request
    everything: Possible
    listed: Candidates
    answer: Answer
    ceiling: int

    @cached_property
    def rows(self) -> np.ndarray:
        """Positions of the chosen pairs in the question."""
        return np.flatnonzero(self.answer.chosen)

    @property
    def covered(self) -> tuple[int, int]:
        """Products and partners with at least one pair."""
        products, partners = self.answer.load
        return int((products > 0).sum()), int((partners > 0).sum())

    @cached_property
    def sum_score(self) -> float:
        return fsum(self.answer.question.score[self.rows])

    @property
    def most_lost(self) -> float:
        """At most this share of Σ score is given away by not looking at every pair."""
        lost = (self.ceiling - self.answer.objective) / self.answer.question.aims.scale
        return lost / self.sum_score if lost else 0.0

    def kept(self) -> tuple[Candidates, Candidates]:
        """What the next lists hold whatever it would add: the chosen pairs, and all pairs of those who have none yet, if they are
        few (where a side has more than the other has slots for, many have none)."""
        question = self.answer.question
        chosen = np.stack([question.product[self.rows], question.partner[self.rows]], axis=1)
        left = [load == 0 for load in self.answer.load]
        return self.everything.these(chosen), self.everything.of(*(side & (side.sum() <= FEW) for side in left))

    def pairs(self) -> list[tuple[str, str]]:
        """Ids of the chosen pairs, pins that are on no list included."""
        question, products, partners = self.answer.question, self.request.products, self.request.partners
        found = set(zip(question.product[self.rows].tolist(), question.partner[self.rows].tolist(), strict=True))
        return [(products[i].id, partners[j].id) for i, j in sorted(found | set(question.pins))]


def match_market(
    request: Request,
    *,
    first: tuple[int, int] = FIRST_LISTS,
    later: tuple[int, int] = LATER_LISTS,
    rounds: int = ROUNDS,
) -> MarketResult:
    """Match a market of any size; raises Refused as ``match`` does.

    Pins need no reason here: staff pin pairs of a fair, a market keeps what was promised before.
    """
    market = build(request.products, request.partners)
    everything = possible_pairs(market, request.weights)
    before = everything.these(rows_of(request, (pair for pair in request.previous if known(request, pair))))
    listed = joined([everything.first_lists(*first), before])
    for number in range(1, rounds + 1):
        result = chosen_from(listed, before, request, everything)
        if number == rounds or result.most_lost <= TOLERANCE:
            break
        listed = joined([everything.later_lists(prices_of(result.answer), *later), before, *result.kept()])
    return result


def chosen_from(listed: Candidates, before: Candidates, request: Request, everything: Possible) -> MarketResult:
    """The best choice on these lists; pairs of the run before are worth the inertia more."""
    listed = Candidates(*(column[~np.isin(listed.keys, keys_of(request, request.bans))] for column in listed))
    inertia = request.weights.inertia * np.isin(listed.keys, before.keys)
    slots = everything.market.products.slots, everything.market.partners.slots
    try:
        question = Question(
            *slots,
            everything.market.products.weak,
            listed.product,
            listed.partner,
            listed.score + inertia,
            pins=[request.row_of(pin) for pin in request.pins],
        )
    except Overbooked as error:
        raise Refused("overbooked", [getattr(request, error.side)[error.row].id]) from None
    answer = solve(question)
    prices = prices_of(answer)
    slack = len(before.product) * (1 + int(request.weights.inertia * prices.scale))
    ceiling = answer.bound - on_the_list(answer, prices) + everything.beyond(prices) + slack
    return MarketResult(request, everything, listed, answer, ceiling)


def prices_of(answer: Answer) -> Prices:
    """What slots cost where this choice is the best; what pins have filled costs more than anybody has."""
    question = answer.question
    return Prices(
        np.where(question.left_products > 0, answer.product_rents + answer.idle, LARGEST),
        np.where(question.left_partners > 0, answer.partner_rents, LARGEST),
        question.aims.scale,
    )


def on_the_list(answer: Answer, prices: Prices) -> int:
    """Σ of what listed pairs add to the bound."""
    question = answer.question
    added = question.worth - prices.product[question.product] - prices.partner[question.partner]
    return int(np.maximum(added, 0)[~question.is_pinned].sum())


def known(request: Request, pair) -> bool:
    """True if both sides of a pair of the run before are still here."""
    products, partners = request.rows
    return pair[0] in products and pair[1] in partners


def rows_of(request: Request, pairs) -> np.ndarray:
    """Rows of both sides, a pair a line."""
    return np.array([request.row_of(pair) for pair in pairs], dtype=np.int32).reshape(-1, 2)


def keys_of(request: Request, pairs) -> np.ndarray:
    """One number for each pair, as ``Candidates.keys``."""
    rows = rows_of(request, pairs).astype(np.int64)
    return rows[:, 0] << 32 | rows[:, 1]
