"""How even a choice is: weak cooperatives beside the others, counties, and who holds how many meetings. Plain numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil, fsum
from typing import Any

import numpy as np

from .engine import explain
from .engine.feasibility import CODES
from .engine.match import Picture

TOLERATED = 0.02
"""Weak products may be covered so much less often than others before somebody has to say why."""


def report(picture: Picture) -> dict[str, Any]:
    """Everything about a choice that is read as a whole."""
    loads = picture.loads[0]
    weak = picture.market.products.weak
    groups = {"weak": group(picture, weak), "others": group(picture, ~weak)}
    by_cooperative = totals([each.cooperative for each in picture.request.products], loads)
    return {
        "answers": explain.counts(picture),
        "first_broken": first_broken(picture),
        "groups": groups,
        "is_fair": share(groups["weak"]) >= share(groups["others"]) - TOLERATED,
        "counties": totals([each.county for each in picture.request.products], loads),
        "gini": gini(list(by_cooperative.values())),
        "top_share": top_share(list(by_cooperative.values())),
        "slots": [int(picture.market.products.slots.sum()), int(picture.market.partners.slots.sum())],
    }


def group(picture: Picture, members: np.ndarray) -> dict[str, Any]:
    """Products of one group: how many, how many covered, with how many meetings, at which mean score of the growers."""
    loads = picture.loads[0][members]
    chosen = (picture.chosen & picture.feasible)[members]
    scores = picture.scores.growers[members][chosen]
    return {
        "products": int(members.sum()),
        "covered": int((loads > 0).sum()),
        "proposals": int(loads.sum()),
        "mean": round(fsum(scores) / len(scores), 4) if len(scores) else None,
    }


def share(found: dict[str, Any]) -> float:
    """Covered of all; an empty group lacks nothing."""
    return found["covered"] / found["products"] if found["products"] else 1.0


def totals(names: Sequence[str], loads: np.ndarray) -> dict[str, int]:
    """Meetings by name, most first; those without any stand at the end."""
    sums: Counter[str] = Counter()
    for name, load in zip(names, loads, strict=True):
        sums[name] += int(load)
    return dict(sorted(sums.items(), key=lambda each: (-each[1], each[0])))


def gini(values: Sequence[int]) -> float:
    """0 where everybody holds the same number, towards 1 where one holds all."""
    total, n = sum(values), len(values)
    if not total:
        return 0.0
    ranked = sum(rank * value for rank, value in enumerate(sorted(values), start=1))
    return round(2 * ranked / (n * total) - (n + 1) / n, 4)


def top_share(values: Sequence[int]) -> float:
    """The share of all meetings that the best-served tenth holds."""
    total = sum(values)
    best = sorted(values, reverse=True)[: max(1, ceil(len(values) / 10))]
    return round(sum(best) / total, 4) if total else 0.0


def first_broken(picture: Picture) -> dict[str, int]:
    """Impossible pairs by the first rule they break; they add up to the impossible pairs."""
    found = picture.broken[(picture.broken > 0) & ~picture.pinned & ~picture.banned].astype(int)
    lowest = np.log2(found & -found).astype(int) if len(found) else found
    return {code: int((lowest == number).sum()) for number, code in enumerate(CODES)}
