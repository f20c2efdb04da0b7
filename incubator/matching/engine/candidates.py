"""Candidate lists for markets too large to look at every pair: the best of both sides, found block by block.

A product and a partner can only meet within a category, so categories are the blocks: of each, products by the slice against
all partners who buy it. The hard rules strike pairs out, the rest is scored, and a pair is kept if it is

    among the PER_PRODUCT best of its product,  or  among the PER_PARTNER best of its partner within the category.

Lists of one side only starve the other: many products like the same few partners, and the others go home. Everything is
exact on the list; how much the list itself gives away is measured (``python -m bench matching``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .feasibility import possible
from .market import Market
from .scoring import V1, Weights, scores

PER_PRODUCT, PER_PARTNER = 50, 20
SLICE_CELLS = 1_000_000
SLICE_PRODUCTS = 1500


class Candidates(NamedTuple):
    """Pairs on the lists: product rows, partner rows, mean scores. ``looked_at`` pairs were judged, ``fits`` broke no rule."""

    product: np.ndarray
    partner: np.ndarray
    score: np.ndarray
    looked_at: int
    fits: int


def candidates(
    market: Market, weights: Weights = V1, *, per_product: int = PER_PRODUCT, per_partner: int = PER_PARTNER
) -> Candidates:
    """The lists of a whole market, in the order of product and partner."""
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    looked_at = fits = 0
    for rows, columns in blocks(market):
        p, q = market.products.pick(rows[:, None]), market.partners.pick(columns[None, :])
        fitting = possible(p, q)
        values = np.where(fitting, scores(p, q, weights).mean, -1.0)
        i, j = np.nonzero(best(values, per_product, per_partner) & fitting)
        parts.append((rows[i].astype(np.int32), columns[j].astype(np.int32), values[i, j]))
        looked_at, fits = looked_at + fitting.size, fits + int(fitting.sum())
    if not parts:
        return Candidates(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0), 0, 0)
    product, partner, score = (np.concatenate(each) for each in zip(*parts, strict=True))
    found = Candidates(product, partner, score, looked_at, fits)
    return thinned(found, market, per_product, per_partner)


def thinned(found: Candidates, market: Market, per_product: int, per_partner: int) -> Candidates:
    """Slices keep the best of each partner in each of them; of a whole category as many are enough."""
    by_product = ranks(found.product, found.score) < per_product
    block = (
        found.partner.astype(np.int64) * (int(market.products.category.max()) + 1)
        + market.products.category[found.product]
    )
    kept = by_product | (ranks(block, found.score) < per_partner)
    product, partner, score = (column[kept] for column in found[:3])
    order = np.lexsort((partner, product))
    return found._replace(product=product[order], partner=partner[order], score=score[order])


def ranks(group: np.ndarray, score: np.ndarray) -> np.ndarray:
    """The place of each pair within its group, 0 for the highest score; of equals the earlier one comes first."""
    order = np.lexsort((-score, group))
    ordered = group[order]
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    lengths = np.diff(np.concatenate([first, [len(ordered)]]))
    places = np.empty(len(order), dtype=np.int32)
    places[order] = np.arange(len(order)) - np.repeat(first, lengths)
    return places


def blocks(market: Market) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows of products of one category, a slice at a time, and the partners who buy it; those without slots are left out."""
    products, partners = market.products, market.partners
    takes_part = products.slots > 0
    for category in np.unique(products.category[takes_part]):
        columns = np.flatnonzero(partners.buys[:, category] & (partners.slots > 0))
        rows = np.flatnonzero((products.category == category) & takes_part)
        if len(columns):
            size = max(1, min(SLICE_PRODUCTS, SLICE_CELLS // len(columns)))
            for start in range(0, len(rows), size):
                yield rows[start : start + size], columns


def best(values: np.ndarray, per_row: int, per_column: int) -> np.ndarray:
    """True at the largest of each row and of each column; of equals at the edge it does not matter which, but it is always the same."""
    return largest(values, per_row) | largest(values.T, per_column).T


def largest(values: np.ndarray, most: int) -> np.ndarray:
    """True at the ``most`` largest of each row."""
    if values.shape[1] <= most:
        return np.ones(values.shape, dtype=bool)
    kept = np.zeros(values.shape, dtype=bool)
    at = np.argpartition(values, -most, axis=1)[:, -most:]
    np.put_along_axis(kept, at, True, axis=1)
    return kept
