"""Every pair has exactly one answer: chosen, pinned, impossible, banned, or possible but without a free slot.

An explanation holds facts, not words; ``incubator.matching.sentences`` says them in the reader's language and to the right
reader. Nothing in it comes from another pair's score, floor price or weakness.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .feasibility import MONTHS_IN
from .match import Picture
from .scoring import deal, growers_components, partner_components

PINNED, CHOSEN, IMPOSSIBLE, BANNED = "pinned", "chosen", "impossible", "banned"
PRODUCT_FULL, PARTNER_FULL, BOTH_FULL, NO_GAIN = (
    "product_full",
    "partner_full",
    "both_full",
    "no_gain",
)
ANSWERS = (PINNED, CHOSEN, IMPOSSIBLE, BANNED, PRODUCT_FULL, PARTNER_FULL, BOTH_FULL, NO_GAIN)
STRONG = 0.6
"""A component of at least this is named as a strength."""


@dataclass(frozen=True)
class Explanation:
    """``answer`` is one of ANSWERS; ``reasons`` the rules broken; ``facts`` what sentences are made of."""

    answer: str
    reasons: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)


def answers(result: Picture) -> np.ndarray:
    """The answer of every pair, as numbers into ANSWERS."""
    loads, slots = result.loads, (result.market.products.slots, result.market.partners.slots)
    product_full = (loads[0] >= slots[0])[:, None]
    partner_full = (loads[1] >= slots[1])[None, :]
    conditions = [
        (PINNED, result.pinned),
        (CHOSEN, result.chosen),
        (BANNED, result.banned),
        (IMPOSSIBLE, result.broken > 0),
        (BOTH_FULL, product_full & partner_full),
        (PRODUCT_FULL, np.broadcast_to(product_full, result.chosen.shape)),
        (PARTNER_FULL, np.broadcast_to(partner_full, result.chosen.shape)),
    ]
    return np.select(
        [condition for _name, condition in conditions],
        [ANSWERS.index(name) for name, _condition in conditions],
        default=ANSWERS.index(NO_GAIN),
    )


def counts(result: Picture) -> dict[str, int]:
    """How many pairs have each answer; they add up to all pairs."""
    numbers = np.bincount(answers(result).ravel(), minlength=len(ANSWERS))
    return dict(zip(ANSWERS, (int(number) for number in numbers), strict=True))


def explain(result: Picture, i: int, j: int, answer: str) -> Explanation:
    """What can be said about the pair in row ``i`` and column ``j``, whose answer is known."""
    product, partner = result.request.products[i], result.request.partners[j]
    facts = {
        "category": product.category,
        "sold": sorted(partner.categories),
        "missing": sorted(partner.required - product.certificates),
        "common_months": len(product.months & partner.months),
        "county": product.county,
        "product_slots": product.slots,
        "partner_slots": partner.slots,
    }
    return Explanation(answer, tuple(result.reasons(i, j)), facts)


def components(result: Picture, i: int, j: int) -> dict[str, dict[str, float]]:
    """The components of both values of one pair, for staff and for strengths."""
    p, q = result.market.products.pick(np.array([i])), result.market.partners.pick(np.array([j]))
    price = deal(p, q)
    return {
        side: {name: float(np.ravel(value)[0]) for name, value in parts.items()}
        for side, parts in (
            ("growers", growers_components(p, q, price)),
            ("partner", partner_components(p, q, price)),
        )
    }


def strengths(parts: dict[str, float]) -> list[str]:
    """The components that speak for a pair, the strongest first."""
    return sorted((name for name, value in parts.items() if value >= STRONG), key=lambda name: (-parts[name], name))


def ranks(result: Picture) -> tuple[np.ndarray, np.ndarray]:
    """The place of each possible pair among its product's, and among its partner's, from 1; 0 where it is impossible."""
    value = np.where(result.feasible, result.scores.mean, -1.0)
    return _places(value, axis=1) * result.feasible, _places(value, axis=0) * result.feasible


def _places(value: np.ndarray, axis: int) -> np.ndarray:
    order = np.argsort(-value, axis=axis, kind="stable")
    places = np.empty_like(order)
    shape = [1, 1]
    shape[axis] = -1
    np.put_along_axis(
        places, order, np.broadcast_to(np.arange(1, value.shape[axis] + 1).reshape(shape), value.shape), axis
    )
    return places


def common_months(result: Picture) -> np.ndarray:
    """Months in common of every pair."""
    return MONTHS_IN[result.market.products.months[:, None] & result.market.partners.months[None, :]]
