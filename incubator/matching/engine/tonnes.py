"""Kilograms over agreed pairs: a transportation problem, solved as a flow, with the same solver as the fair.

Every pair brings so many fen a kilogram after commission. What a cooperative supplies and what a partner can take bound the sum,
and nothing forces goods onto a pair that earns nothing:

    rice 1,000 kg        → A pays 800 fen, takes 600 kg       600 kg
                         → B pays 700 fen, takes 900 kg       400 kg
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

UNBOUNDED = 10**12
"""Kilograms nobody will ever have: for a partner whose capacity is not known."""


@dataclass(frozen=True)
class Pair:
    """An agreed pair; ``fixed_kg`` was signed already and stays as it is."""

    key: int
    product: int
    partner: int
    fen_per_kg: int
    fixed_kg: int | None = None


@dataclass(frozen=True)
class Split:
    """Kilograms by pair, and what they bring together in fen."""

    kg: dict[int, int]
    fen: int


def split_kg(pairs: Sequence[Pair], supply: Mapping[int, int], capacity: Mapping[int, int | None]) -> Split:
    """The split that brings most. Deterministic: the same pairs in the same order give the same answer."""
    free = [pair for pair in pairs if pair.fixed_kg is None]
    left = {product: max(0, kg - fixed_of(pairs, product=product)) for product, kg in supply.items()}
    room = {
        partner: UNBOUNDED if kg is None else max(0, kg - fixed_of(pairs, partner=partner))
        for partner, kg in capacity.items()
    }
    flows = best_flows(free, left, room) if free else []
    kg = {pair.key: pair.fixed_kg for pair in pairs if pair.fixed_kg is not None}
    kg |= {pair.key: int(flow) for pair, flow in zip(free, flows, strict=True)}
    return Split(kg, sum(pair.fen_per_kg * kg[pair.key] for pair in pairs))


def fixed_of(pairs: Sequence[Pair], *, product: int | None = None, partner: int | None = None) -> int:
    """Kilograms that are signed already, of one product or one partner."""
    return sum(
        pair.fixed_kg or 0 for pair in pairs if product in {None, pair.product} and partner in {None, pair.partner}
    )


def best_flows(pairs: Sequence[Pair], left: Mapping[int, int], room: Mapping[int, int]):
    """Source → product → partner → sink, with a way past everything for goods that nobody takes."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    products, partners = sorted({pair.product for pair in pairs}), sorted({pair.partner for pair in pairs})
    node = {("product", key): number for number, key in enumerate(products)}
    node |= {("partner", key): len(products) + number for number, key in enumerate(partners)}
    source, sink = len(node), len(node) + 1
    total = sum(left[key] for key in products)
    arcs = [
        (node["product", pair.product], node["partner", pair.partner], left[pair.product], -max(0, pair.fen_per_kg))
        for pair in pairs
    ]
    arcs += [(source, node["product", key], left[key], 0) for key in products]
    arcs += [(node["partner", key], sink, min(room[key], total), 0) for key in partners]
    arcs += [(source, sink, total, 0)]
    solver = SimpleMinCostFlow()
    tails, heads, capacities, costs = (np.array(column, dtype=np.int64) for column in zip(*arcs, strict=True))
    numbers = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    solver.set_nodes_supplies(np.array([source, sink]), np.array([total, -total]))
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the solver ended with {status.name}")
    return solver.flows(numbers[: len(pairs)])
