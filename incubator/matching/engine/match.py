"""One match run from beginning to end: rules, scores, choice, proof; small enough to keep every pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import NamedTuple

import numpy as np

from .feasibility import broken, codes
from .market import Market, Partner, Product, build
from .scoring import V1, Scores, Weights, scores
from .solver import Answer, Overbooked, Question, solve


class Pin(NamedTuple):
    """A pair that is chosen whatever its score; one that breaks a hard rule needs a reason."""

    product: str
    partner: str
    reason: str = ""


class Refused(ValueError):
    """Staff asked for something that cannot be. ``kind`` says what, ``pairs`` and ``codes`` of which pairs and rules.

    Kinds: unknown (no such product or partner), impossible (a pin that breaks rules, without a reason), contradiction (pinned
    and banned), overbooked (more pins than slots; then ``pairs`` holds one id).
    """

    def __init__(self, kind: str, pairs: Sequence, broken_codes: Sequence[str] = ()):
        super().__init__(f"{kind}: {pairs} {list(broken_codes)}")
        self.kind, self.pairs, self.codes = kind, pairs, broken_codes


@dataclass
class Request:
    """What a run is made from. Rows are put in the order of their ids, so that the order of a file never matters.

    ``previous`` are pairs of the run before; each is worth the weights' inertia more, so that few of them move.
    """

    products: Sequence[Product]
    partners: Sequence[Partner]
    weights: Weights = V1
    pins: Sequence[Pin] = ()
    bans: Sequence[tuple[str, str]] = ()
    previous: Iterable[tuple[str, str]] = ()

    def __post_init__(self):
        self.products = sorted(self.products, key=lambda each: each.id)
        self.partners = sorted(self.partners, key=lambda each: each.id)

    @cached_property
    def rows(self) -> tuple[dict[str, int], dict[str, int]]:
        """Row of each product and of each partner by id."""
        return (
            {each.id: row for row, each in enumerate(self.products)},
            {each.id: row for row, each in enumerate(self.partners)},
        )

    def row_of(self, pair: Sequence[str]) -> tuple[int, int]:
        """Rows of a pair of ids; Refused for ids nobody has."""
        products, partners = self.rows
        if pair[0] not in products or pair[1] not in partners:
            raise Refused("unknown", [tuple(pair[:2])])
        return products[pair[0]], partners[pair[1]]


@dataclass
class Picture:
    """What a choice of pairs looks like. Tables are product × partner: ``broken`` (bits of the rules), ``scores``, ``chosen``,
    ``pinned``, ``banned``."""

    request: Request
    market: Market
    broken: np.ndarray
    scores: Scores
    chosen: np.ndarray
    pinned: np.ndarray
    banned: np.ndarray

    @property
    def feasible(self) -> np.ndarray:
        """Pairs that break no rule and are not banned."""
        return (self.broken == 0) & ~self.banned

    @cached_property
    def loads(self) -> tuple[np.ndarray, np.ndarray]:
        """How many pairs each product and each partner has."""
        return self.chosen.sum(axis=1), self.chosen.sum(axis=0)

    @property
    def covered(self) -> tuple[int, int]:
        """Products and partners with at least one pair."""
        products, partners = self.loads
        return int((products > 0).sum()), int((partners > 0).sum())

    @property
    def sum_score(self) -> float:
        """Σ score of the chosen pairs that have one (a pinned pair that breaks a rule has none)."""
        return fsum(self.scores.mean[self.chosen & self.feasible])

    def reasons(self, i: int, j: int) -> list[str]:
        """Why a pair is impossible, in the fixed order; empty where it is possible."""
        return codes(int(self.broken[i, j])) + (["banned"] if self.banned[i, j] else [])

    def pairs(self) -> list[tuple[str, str]]:
        """Ids of the chosen pairs."""
        products, partners = self.request.products, self.request.partners
        return [(products[i].id, partners[j].id) for i, j in zip(*np.nonzero(self.chosen), strict=True)]


@dataclass
class Result(Picture):
    """A run: the choice, and the answer of the solver with its proof."""

    answer: Answer

    @property
    def objective(self) -> float:
        """What the choice is worth, in scores: bonuses for cover, then Σ score."""
        return self.answer.objective / self.answer.question.aims.scale

    @property
    def bound(self) -> float:
        """What no choice can exceed, in the same units."""
        return self.answer.bound / self.answer.question.aims.scale


def match(request: Request) -> Result:
    """Carry a run out; raises Refused for pins and bans that cannot be."""
    market = build(request.products, request.partners)
    p, q = market.pairs
    found, values = broken(p, q), scores(p, q, request.weights)
    banned = marked(request, request.bans, found.shape)
    pinned = marked(request, request.pins, found.shape)
    refuse_impossible(request, found, pinned, banned)
    answer = answered(request, market, (found == 0) & ~banned, values, pinned)
    chosen = pinned.copy()
    chosen[answer.question.product[answer.chosen], answer.question.partner[answer.chosen]] = True
    return Result(request, market, found, values, chosen, pinned, banned, answer)


def marked(request: Request, pairs: Iterable[Sequence[str]], shape) -> np.ndarray:
    """A table that is True at these pairs."""
    table = np.zeros(shape, dtype=bool)
    for pair in pairs:
        table[request.row_of(pair)] = True
    return table


def refuse_impossible(request: Request, found: np.ndarray, pinned: np.ndarray, banned: np.ndarray) -> None:
    """Nobody is both pinned and banned, and a pin of an impossible pair says why."""
    for pin in request.pins:
        at = request.row_of(pin)
        if banned[at]:
            raise Refused("contradiction", [pin[:2]])
        if found[at] and not pin.reason.strip():
            raise Refused("impossible", [pin[:2]], codes(int(found[at])))


def answered(request: Request, market: Market, possible: np.ndarray, values: Scores, pinned: np.ndarray) -> Answer:
    """Ask the solver; Refused where pins want more slots than there are."""
    i, j = np.nonzero(possible)
    liked = values.mean + request.weights.inertia * already(request, possible.shape)
    try:
        question = Question(
            market.products.slots,
            market.partners.slots,
            market.products.weak,
            i,
            j,
            liked[i, j],
            pins=[(int(a), int(b)) for a, b in zip(*np.nonzero(pinned), strict=True)],
        )
    except Overbooked as error:
        raise Refused("overbooked", [getattr(request, error.side)[error.row].id]) from None
    return solve(question)


def already(request: Request, shape) -> np.ndarray:
    """True at pairs of the run before whose sides are both still here."""
    products, partners = request.rows
    table = np.zeros(shape, dtype=bool)
    for product, partner in request.previous:
        if product in products and partner in partners:
            table[products[product], partners[partner]] = True
    return table


def recall(request: Request, pairs: Iterable[Sequence[str]]) -> Picture:
    """The picture of a run whose chosen pairs are known, without asking the solver again."""
    market = build(request.products, request.partners)
    p, q = market.pairs
    found, values = broken(p, q), scores(p, q, request.weights)
    pinned = marked(request, request.pins, found.shape)
    chosen = marked(request, pairs, found.shape)
    return Picture(request, market, found, values, chosen, pinned, marked(request, request.bans, found.shape))
