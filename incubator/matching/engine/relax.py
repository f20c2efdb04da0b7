"""Who goes home without a pair, and what would have to give.

Three causes: no slots; no possible pair at all; or possible pairs whose other sides are all taken by members who have no
other choice either (a bottleneck). For each the rules are named whose relaxing would help, and how many it would help.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .feasibility import CODES
from .match import Picture
from .solver import Aims, Question, solve

NO_SLOTS, NO_PAIR, CROWDED = "no_slots", "no_pair", "crowded"


@dataclass(frozen=True)
class Shortfall:
    """A member without a pair. ``side`` is products or partners, ``row`` which one.

    ``rules``: rules that alone stand between it and a first pair, with how many pairs each would open (no_pair); where even
    that is not enough, ``together`` names the smallest set that must give. ``bottleneck``: the rows on the other side that it
    shares with others; one more slot of any of them would cover one more (crowded).
    """

    side: str
    row: int
    cause: str
    rules: tuple[tuple[str, int], ...] = ()
    together: tuple[str, ...] = ()
    bottleneck: tuple[int, ...] = ()


def shortfalls(result: Picture) -> list[Shortfall]:
    """Everybody without a pair, products first."""
    return [
        shortfall(result, side, int(row))
        for side, load in zip(("products", "partners"), result.loads, strict=True)
        for row in np.flatnonzero(load == 0)
    ]


def shortfall(result: Picture, side: str, row: int) -> Shortfall:
    """Why this one has none."""
    own = result.broken[row] if side == "products" else result.broken[:, row]
    open_pairs = result.feasible[row] if side == "products" else result.feasible[:, row]
    if getattr(result.market, side).slots[row] == 0:
        return Shortfall(side, row, NO_SLOTS)
    if open_pairs.any():
        return Shortfall(side, row, CROWDED, bottleneck=bottleneck(result, side, row))
    alone = [(code, int((own == 1 << number).sum())) for number, code in enumerate(CODES)]
    rules = tuple(sorted(((code, n) for code, n in alone if n), key=lambda each: -each[1]))
    return Shortfall(side, row, NO_PAIR, rules=rules, together=() if rules else fewest(own))


def fewest(own: np.ndarray) -> tuple[str, ...]:
    """The smallest set of rules broken by any one pair of this member."""
    broken = [int(bits) for bits in np.unique(own) if bits]
    least = min(broken, key=lambda bits: (bits.bit_count(), bits), default=0)
    return tuple(code for number, code in enumerate(CODES) if least >> number & 1)


def bottleneck(result: Picture, side: str, row: int) -> tuple[int, ...]:
    """The other side's rows that this member, and those who sit on them, can turn to: all taken, by members with no other."""
    possible = result.feasible if side == "products" else result.feasible.T
    chosen = result.chosen if side == "products" else result.chosen.T
    members, others, ask = {row}, set[int](), [row]
    while ask:
        found = set(np.flatnonzero(possible[ask.pop()]).tolist()) - others
        others |= found
        sitting = set(np.flatnonzero(chosen[:, sorted(found)].any(axis=1)).tolist()) if found else set()
        ask.extend(sitting - members)
        members |= sitting
    return tuple(sorted(others))


def helpful_rules(result: Picture) -> list[tuple[str, int]]:
    """Rules by how many more members would be covered if that rule alone were lifted for the whole fair; helpful ones only."""
    covered = sum(result.covered)
    gains = [(code, covered_without(result, number) - covered) for number, code in enumerate(CODES)]
    return sorted(((code, gain) for code, gain in gains if gain > 0), key=lambda each: -each[1])


def covered_without(result: Picture, number: int) -> int:
    """Members covered when one rule no longer counts."""
    products, partners = result.market.products, result.market.partners
    i, j = np.nonzero(((result.broken & ~np.uint8(1 << number)) == 0) & ~result.banned)
    question = Question(
        products.slots,
        partners.slots,
        products.weak,
        i,
        j,
        np.zeros(len(i)),
        pins=[(int(a), int(b)) for a, b in zip(*np.nonzero(result.pinned), strict=True)],
        aims=Aims(cover=1, weak=0, scale=1),
    )
    return solve(question).objective
