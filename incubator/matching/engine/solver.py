"""Choose pairs: cover first, weak cooperatives first in line, then the largest sum of scores. Exact, with a proof.

Every product and every partner has slots; each pair is chosen at most once. The value of a choice is

    cover × (products and partners with at least one pair)  +  weak × (weak products among them)  +  Σ worth of its pairs

in whole units (``SCALE`` of them make a score of 1). With ``weak`` larger than any sum of worths and ``cover`` larger than
all of the others together, nothing is given up of an earlier aim for a later one. Because a bonus is paid for the first unit
only it stays a flow: source → product (first unit, rest) → partner (first unit, rest) → sink, and OR-tools' min-cost flow
finds the largest value in whole numbers. Node prices then prove it (``proof``): any choice whatever is worth at most the bound.

Pins are taken out of the question with the slots they use; bans are simply no pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

SCALE = 10**9
"""Whole units to a score of 1, where numbers stay small enough for 64 bits."""
LARGEST = 2**61
"""OR-tools multiplies costs by the number of nodes; their product stays below this."""


class Overbooked(ValueError):
    """Pins ask for more slots than somebody has. ``side`` is products or partners, ``row`` which."""

    def __init__(self, side: str, row: int):
        super().__init__(f"pins ask for more slots than {side}[{row}] has")
        self.side, self.row = side, row


@dataclass(frozen=True)
class Aims:
    """Whole units for a covered node, for a weak product among them, and to a score of 1."""

    cover: int
    weak: int
    scale: int


@dataclass
class Question:
    """What is to be chosen from: rows of possible pairs, their scores, and slots on both sides.

    ``pins`` are pairs (product row, partner row) that are chosen whatever they are worth; they may be missing from the pairs.
    """

    product_slots: np.ndarray
    partner_slots: np.ndarray
    weak: np.ndarray
    product: np.ndarray
    partner: np.ndarray
    score: np.ndarray
    pins: Sequence[tuple[int, int]] = ()
    aims: Aims | None = None

    def __post_init__(self):
        keys = self.product.astype(np.int64) << 32 | self.partner
        if (keys[1:] < keys[:-1]).any():
            order = np.argsort(keys, kind="stable")
            self.product, self.partner, self.score = self.product[order], self.partner[order], self.score[order]
        self.pinned_products = np.bincount([i for i, _j in self.pins], minlength=len(self.product_slots))
        self.pinned_partners = np.bincount([j for _i, j in self.pins], minlength=len(self.partner_slots))
        self.aims = self.aims or aims_for(self)
        for side, slots in (("products", self.left_products), ("partners", self.left_partners)):
            if (slots < 0).any():
                raise Overbooked(side, int(np.argmax(slots < 0)))

    @property
    def left_products(self) -> np.ndarray:
        return self.product_slots - self.pinned_products

    @property
    def left_partners(self) -> np.ndarray:
        return self.partner_slots - self.pinned_partners

    @cached_property
    def is_pinned(self) -> np.ndarray:
        """Which of the pairs are pins."""
        width = len(self.partner_slots)
        pinned = np.array([i * width + j for i, j in self.pins], dtype=np.int64)
        return np.isin(self.product.astype(np.int64) * width + self.partner, pinned)

    @cached_property
    def worth(self) -> np.ndarray:
        """Scores in whole units."""
        return np.rint(self.score * self.aims.scale).astype(np.int64)


def aims_for(question: Question) -> Aims:
    """Units that keep the order of the aims strict; beyond 64 bits the bonuses are cut to what fits (20 and 10 scores at least).

    They depend on slots and numbers only, so that two runs of one fair can be compared.
    """
    products, partners = question.product_slots, question.partner_slots
    nodes = len(products) + len(partners) + 2
    most_pairs = max(1, min(int(products.sum()), int(partners.sum())))
    weak_ones = int(question.weak.sum())
    for scale in (SCALE, 10**6):
        weak = 2 * most_pairs * scale
        cover = weak * (weak_ones + 1)
        if cover * nodes < LARGEST:
            return Aims(cover, weak, scale)
    scale = 10**6
    return Aims(cover=20 * scale, weak=10 * scale, scale=scale)


@dataclass(frozen=True)
class Answer:
    """The chosen pairs, what they are worth, and what nothing can exceed. Rents of the slots, in whole units, prove it."""

    question: Question
    chosen: np.ndarray
    objective: int
    bound: int
    product_rents: np.ndarray
    partner_rents: np.ndarray
    solver: str
    idle: int = 0

    @property
    def is_proved(self) -> bool:
        return self.objective == self.bound

    @cached_property
    def load(self) -> tuple[np.ndarray, np.ndarray]:
        """How many pairs each product and each partner has, pins included."""
        question = self.question
        free = self.chosen & ~question.is_pinned
        return (
            np.bincount(question.product[free], minlength=len(question.product_slots)) + question.pinned_products,
            np.bincount(question.partner[free], minlength=len(question.partner_slots)) + question.pinned_partners,
        )


def value_of(question: Question, chosen: np.ndarray) -> int:
    """What a choice is worth; pins belong to every choice."""
    free = chosen & ~question.is_pinned
    products = np.bincount(question.product[free], minlength=len(question.product_slots)) + question.pinned_products
    partners = np.bincount(question.partner[free], minlength=len(question.partner_slots)) + question.pinned_partners
    aims = question.aims
    return (
        aims.cover * (int((products > 0).sum()) + int((partners > 0).sum()))
        + aims.weak * int(((products > 0) & question.weak).sum())
        + int(question.worth[free | question.is_pinned].sum())
    )


def solve(question: Question) -> Answer:
    """The best choice, with its proof."""
    from .proof import prices

    network = Network(question)
    flows = network.flows()
    chosen = question.is_pinned.copy()
    chosen[network.pairs] = flows[: len(network.pairs)] > 0
    proof = prices(network, flows)
    fixed = value_of(question, question.is_pinned.copy())
    return Answer(
        question,
        chosen,
        objective=value_of(question, chosen),
        bound=fixed + proof.bound,
        product_rents=proof.products,
        partner_rents=proof.partners,
        solver="OR-tools min-cost flow",
        idle=proof.idle,
    )


class Network:
    """The flow of a question: its arcs, in a fixed order, pairs first."""

    def __init__(self, question: Question):
        self.question = question
        n, m = len(question.product_slots), len(question.partner_slots)
        self.source, self.sink = n + m, n + m + 1
        products, partners = question.left_products, question.left_partners
        self.total = int(min(products.sum(), partners.sum()))
        open_pair = (products[question.product] > 0) & (partners[question.partner] > 0) & ~question.is_pinned
        self.pairs = np.flatnonzero(open_pair)
        """Rows of the question that are arcs of their own."""
        ends = [self._pair_arcs(n), *self._slot_arcs(n, m), self._overflow()]
        self.tail, self.head, self.capacity, self.cost = (np.concatenate(part) for part in zip(*ends, strict=True))

    def _pair_arcs(self, n):
        question, rows = self.question, self.pairs
        ones = np.ones(len(rows), dtype=np.int64)
        tail, head = question.product[rows].astype(np.int32), (n + question.partner[rows]).astype(np.int32)
        return tail, head, ones, -question.worth[rows]

    def _slot_arcs(self, n, m):
        question, aims = self.question, self.question.aims
        bonus = np.where(question.pinned_products > 0, 0, aims.cover + aims.weak * question.weak.astype(np.int64))
        yield from self._one_side(question.left_products, bonus, np.arange(n, dtype=np.int32), from_source=True)
        bonus = np.where(question.pinned_partners > 0, 0, aims.cover)
        yield from self._one_side(question.left_partners, bonus, n + np.arange(m, dtype=np.int32), from_source=False)

    def _one_side(self, slots, bonus, nodes, *, from_source):
        """The first unit of each node with its bonus, and the rest of its slots without."""
        for least, capacity, cost in ((1, np.minimum(slots, 1), -bonus), (2, slots - 1, np.zeros_like(bonus))):
            there = slots >= least
            here, size = nodes[there], int(there.sum())
            end = np.full(size, self.source if from_source else self.sink, dtype=np.int32)
            tail, head = (end, here) if from_source else (here, end)
            yield tail, head, capacity[there], cost[there]

    def _overflow(self):
        ends = np.array([self.source, self.sink], dtype=np.int32)
        return ends[:1], ends[1:], np.array([self.total]), np.array([0])

    def flows(self) -> np.ndarray:
        """The units on every arc of the cheapest flow."""
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        solver = SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(self.tail, self.head, self.capacity, self.cost)
        solver.set_nodes_supplies(np.array([self.source, self.sink]), np.array([self.total, -self.total]))
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise RuntimeError(f"the solver ended with {status.name}")
        return solver.flows(arcs)
