"""How well a possible pair fits: one value for the growers, one for the partner, each from 0 to 1, and their mean.

Growers                                              weight in v1
  net_price    what she earns above her floor, as a share of what she earns          .45
  reliability  how well the partner kept promises, r / 5                             .25
  volume       how much of one slot's share of the harvest the partner commits to    .20
  reach        one third for each sales channel, at most 1                           .10
Partner
  readiness    how ready the product is for sale online                              .35
  price        how much of the partner's price band lies above the floor             .25
  certificates one third for each certificate of the product, at most 1              .15
  season       months in common as a share of those in which the partner buys        .15
  volume       how far one slot's share of the harvest covers the partner's minimum  .10

With c the commission, the band after commission runs from b = from × (1 − c) to t = to × (1 − c). The price the two will
settle on is taken as the middle of what is open between them: e = (max(floor, b) + t) / 2. Then net_price = (e − floor) / e
and price = 2 (t − e) / (t − b), at most 1; a single price (t = b) counts 1. With s = volume / slots: the growers' volume is
min(1, minimum / s), the partner's min(1, s / minimum), and 1 where there is no minimum. What no column says counts NEUTRAL.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from .feasibility import MONTHS_IN
from .market import PRICE_SCALE, Partners, Products

NEUTRAL = 0.5
ENOUGH = 3
"""So many sales channels, or certificates, count 1."""
BEST_RECORD = 5


@dataclass(frozen=True)
class Weights:
    """A version of the weights. Each side's add up to 1; ``growers_share`` is how much the growers' value counts in the mean.

    ``inertia`` is added to pairs of the run before when a fair is matched again.
    """

    version: str
    growers: dict[str, float] = field(
        default_factory=lambda: {"net_price": 0.45, "reliability": 0.25, "volume": 0.20, "reach": 0.10}
    )
    partner: dict[str, float] = field(
        default_factory=lambda: {
            "readiness": 0.35,
            "price": 0.25,
            "certificates": 0.15,
            "season": 0.15,
            "volume": 0.10,
        }
    )
    growers_share: float = 0.5
    inertia: float = 0.02

    def __post_init__(self):
        for side in (self.growers, self.partner):
            if abs(sum(side.values()) - 1) > 1e-9 or min(side.values()) < 0:
                raise ValueError("weights of a side must not be negative and must add up to 1")
        if not 0 <= self.growers_share <= 1 or not 0 <= self.inertia < 1:
            raise ValueError("shares lie between 0 and 1")


V1 = Weights("v1")
BUILT_IN = {V1.version: V1}


class Scores(NamedTuple):
    """Values of pairs: growers', partner's, and the mean that the solver adds up."""

    growers: np.ndarray
    partner: np.ndarray
    mean: np.ndarray


def ratio(part, whole) -> np.ndarray:
    """part / whole, and 1 where there is no whole."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, 1.0)


class Deal(NamedTuple):
    """What is open between a floor and a band after commission, in yuan per kg."""

    bottom: np.ndarray
    top: np.ndarray
    expected: np.ndarray
    floor: np.ndarray


def deal(p: Products, q: Partners) -> Deal:
    """The settlement both can expect (see above)."""
    kept = (PRICE_SCALE - q.commission) / PRICE_SCALE
    bottom, top, floor = q.price_from / PRICE_SCALE * kept, q.price_to / PRICE_SCALE * kept, p.floor / PRICE_SCALE
    return Deal(bottom, top, (np.maximum(floor, bottom) + top) / 2, floor)


def share_of_harvest(p: Products) -> np.ndarray:
    """One slot's share of a year's volume, in kg."""
    return p.volume / np.maximum(p.slots, 1)


def or_neutral(value: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(value), NEUTRAL, value)


def growers_components(p: Products, q: Partners, price: Deal) -> dict[str, np.ndarray]:
    """Each from 0 to 1."""
    return {
        "net_price": np.clip(ratio(price.expected - price.floor, price.expected), 0, 1),
        "reliability": or_neutral(q.reliability / BEST_RECORD),
        "volume": np.minimum(ratio(q.min_volume, share_of_harvest(p)), 1),
        "reach": np.minimum(q.outlets / ENOUGH, 1),
    }


def partner_components(p: Products, q: Partners, price: Deal) -> dict[str, np.ndarray]:
    """Each from 0 to 1."""
    return {
        "readiness": or_neutral(p.readiness),
        "price": np.clip(ratio(2 * (price.top - price.expected), price.top - price.bottom), 0, 1),
        "certificates": np.minimum(_count(p.certificates) / ENOUGH, 1),
        "season": MONTHS_IN[p.months & q.months] / np.maximum(MONTHS_IN[q.months], 1),
        "volume": np.minimum(ratio(share_of_harvest(p), q.min_volume), 1),
    }


def _count(bits: np.ndarray) -> np.ndarray:
    return np.bitwise_count(bits)


def scores(p: Products, q: Partners, weights: Weights = V1) -> Scores:
    """The three values of every pair that the columns broadcast to."""
    price = deal(p, q)
    growers = weighted(growers_components(p, q, price), weights.growers)
    partner = weighted(partner_components(p, q, price), weights.partner)
    return Scores(growers, partner, weights.growers_share * growers + (1 - weights.growers_share) * partner)


def weighted(components: dict[str, np.ndarray], weights: dict[str, float]) -> np.ndarray:
    """Σ weight × component, in the order of the weights."""
    first, *others = (weight * components[name] for name, weight in weights.items())
    return sum(others, first)
