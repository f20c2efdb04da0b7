"""Candidate lists for markets too large to let the solver look at every pair: the best of both sides, found block by block.

A product and a partner can only meet within a category, so categories are the blocks: of each, products by the slice against
all partners who buy it. The hard rules strike pairs out, the rest is scored once and kept in a few bytes. A pair is listed if
it is

    among the ``per_product`` best of its product,  or  among the ``per_partner`` best of its partner within the category.

Lists of one side only starve the other: many products like the same few partners, and the others go home. What counts as best
is at first the score, and beside it the score blurred by chance: by scores alone all products list the same partners, and the
prices of a choice between these say nothing about the others. Once a choice has been made, what counts is what a pair would add
to it: its score less the prices of the two slots it takes. The same prices say what no choice of the whole market can exceed
(``large``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import numpy as np

from .feasibility import possible
from .market import Market
from .scoring import Weights, scores

SLICE_CELLS = 1_000_000
SLICE_PRODUCTS = 1500
LOWEST = np.iinfo(np.int64).min
BLUR = 2
"""How many scores chance adds at most: enough to count more than the scores do."""


class Prices(NamedTuple):
    """What the slots of each product and each partner cost, in whole units; ``scale`` of them make a score of 1."""

    product: np.ndarray
    partner: np.ndarray
    scale: int


class Candidates(NamedTuple):
    """Pairs on the lists, in their order: product rows, partner rows, scores."""

    product: np.ndarray
    partner: np.ndarray
    score: np.ndarray

    @property
    def keys(self) -> np.ndarray:
        """One number for each pair."""
        return self.product.astype(np.int64) << 32 | self.partner


class Block(NamedTuple):
    """Some products against all partners of one category: where in the table of the two the possible pairs are, and their scores."""

    category: int
    rows: np.ndarray
    columns: np.ndarray
    at: np.ndarray
    score: np.ndarray

    @property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Product and partner rows of the possible pairs."""
        i, j = np.divmod(self.at, np.int32(len(self.columns)))
        return self.rows[i], self.columns[j]

    def only(self, wanted: np.ndarray) -> Candidates:
        """Those of the pairs that are marked True."""
        i, j = np.divmod(self.at[wanted], np.int32(len(self.columns)))
        return Candidates(self.rows[i].astype(np.int32), self.columns[j].astype(np.int32), self.score[wanted])

    def blurred(self) -> np.ndarray:
        """The scores with chance added, the same for the same rows every time."""
        return self.score + BLUR * chance(*self.pairs)

    def added(self, prices: Prices) -> np.ndarray:
        """What each of the pairs would add to a choice with these prices, in whole units."""
        i, j = self.pairs
        return np.rint(self.score * prices.scale).astype(np.int64) - prices.product[i] - prices.partner[j]


@dataclass(frozen=True)
class Possible:
    """Every pair of a market that breaks no rule. ``looked_at`` were judged."""

    market: Market
    weights: Weights
    blocks: list[Block]
    looked_at: int

    @property
    def fits(self) -> int:
        """How many pairs are possible."""
        return sum(len(block.at) for block in self.blocks)

    def first_lists(self, per_product: int, per_partner: int) -> Candidates:
        """By score, and as many again by chance."""
        best = self.best(lambda block: block.score, per_product, per_partner)
        if len(best.score) == self.fits:
            return best
        return joined([best, self.best(Block.blurred, per_product, per_partner)])

    def later_lists(self, prices: Prices, per_product: int, per_partner: int) -> Candidates:
        """By what pairs would add."""
        return self.best(lambda block: block.added(prices), per_product, per_partner)

    def best(self, value: Callable[[Block], np.ndarray], per_product: int, per_partner: int) -> Candidates:
        """The lists, by any value of pairs."""
        parts = []
        for _category, blocks in groupby(self.blocks, key=lambda block: block.category):
            parts += listed(list(blocks), value, per_product, per_partner)
        return joined(parts)

    def of(self, products: np.ndarray, partners: np.ndarray) -> Candidates:
        """Every possible pair of the sides marked True."""
        parts = []
        for block in self.blocks:
            i, j = block.pairs
            parts.append(block.only(products[i] | partners[j]))
        return joined(parts)

    def these(self, pairs: np.ndarray) -> Candidates:
        """Pairs named one by one, as rows of both sides; impossible ones are left out."""
        i, j = pairs.T
        p, q = self.market.products.pick(i), self.market.partners.pick(j)
        fit = possible(p, q)
        return ordered(Candidates(i[fit], j[fit], scores(p, q, self.weights).mean[fit]))

    def beyond(self, prices: Prices) -> int:
        """Σ of what pairs would add by themselves: of each product as many as it has slots, those that would add most."""
        return sum(most_added(block, prices, self.market.products.slots) for block in self.blocks)


def possible_pairs(market: Market, weights: Weights) -> Possible:
    """Judge and score a whole market."""
    found, looked_at = [], 0
    for category, rows, columns in blocks(market):
        p, q = market.products.pick(rows[:, None]), market.partners.pick(columns[None, :])
        i, j = np.nonzero(possible(p, q))
        score = scores(market.products.pick(rows[i]), market.partners.pick(columns[j]), weights).mean
        found.append(Block(category, rows, columns, (i * len(columns) + j).astype(np.int32), score))
        looked_at += len(rows) * len(columns)
    return Possible(market, weights, found, looked_at)


def chance(product: np.ndarray, partner: np.ndarray) -> np.ndarray:
    """A number from 0 to 1 for each pair, as good as drawn (the last step of MurmurHash)."""
    mixed = product.astype(np.uint32) * np.uint32(2654435761) ^ partner.astype(np.uint32) * np.uint32(2246822519)
    mixed = (mixed ^ mixed >> np.uint32(16)) * np.uint32(2246822507)
    mixed = (mixed ^ mixed >> np.uint32(13)) * np.uint32(3266489909)
    return (mixed ^ mixed >> np.uint32(16)) / 2**32


def most_added(block: Block, prices: Prices, slots: np.ndarray) -> int:
    """Of a block, which holds all pairs of its products: the most that these could add by themselves."""
    added = block.added(prices)
    gains = np.flatnonzero(added > 0)
    row, added = block.at[gains] // np.int32(len(block.columns)), added[gains]
    added = added[np.lexsort((-added, row))]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    return int(added[place < slots[block.rows[row]]].sum())


def listed(
    blocks: list[Block], value: Callable[[Block], np.ndarray], per_product: int, per_partner: int
) -> list[Candidates]:
    """Of one category the best of each product and of each partner; equals at the edge are all in."""
    worth = [value(block) for block in blocks]
    lowest = LOWEST if worth[0].dtype == np.int64 else -np.inf
    tops, edges = np.full((len(blocks[0].columns), 0), lowest), []
    for block, values in zip(blocks, worth, strict=True):
        table = np.full((len(block.rows), len(block.columns)), lowest)
        table.flat[block.at] = values
        edges.append(largest(table, per_product).min(axis=1))
        tops = largest(np.concatenate([tops, table.T], axis=1), per_partner)
    edge = tops.min(axis=1)
    parts = []
    for block, values, mine in zip(blocks, worth, edges, strict=True):
        i, j = np.divmod(block.at, np.int32(len(block.columns)))
        parts.append(block.only((values >= mine[i]) | (values >= edge[j])))
    return parts


def largest(values: np.ndarray, most: int) -> np.ndarray:
    """The ``most`` largest of each row."""
    return values if values.shape[1] <= most else np.partition(values, -most, axis=1)[:, -most:]


def joined(parts: list[Candidates]) -> Candidates:
    """Many lists as one, in order."""
    if not parts:
        return Candidates(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
    return ordered(Candidates(*(np.concatenate(columns) for columns in zip(*parts, strict=True))))


def ordered(found: Candidates) -> Candidates:
    """In the order of product and partner, each pair once."""
    keys = found.keys
    order = np.argsort(keys)
    keys = keys[order]
    order = order[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else order
    return Candidates(*(column[order] for column in found))


def blocks(market: Market) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Each category, rows of its products, a slice at a time, and the partners who buy it; those without slots are left out."""
    products, partners = market.products, market.partners
    takes_part = products.slots > 0
    for category in np.unique(products.category[takes_part]):
        columns = np.flatnonzero(partners.buys[:, category] & (partners.slots > 0))
        rows = np.flatnonzero((products.category == category) & takes_part)
        if len(columns):
            size = max(1, min(SLICE_PRODUCTS, SLICE_CELLS // len(columns)))
            for start in range(0, len(rows), size):
                yield int(category), rows[start : start + size], columns
