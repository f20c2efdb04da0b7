"""Node prices that prove a flow the best: no choice whatever can be worth more than the bound they give.

Give every node a price π. For any flow of F units from source to sink, what it costs is

    Σ over arcs of (cost + π_tail − π_head) × units  +  F (π_sink − π_source)

and the first sum is at least Σ capacity × min(0, cost + π_tail − π_head): a bound that speaks of no particular flow. The
prices come from the solved flow: shortest distances in what it leaves open. If the flow is the cheapest, they meet it exactly;
if it were not, distances would fall for ever. All in whole numbers, so "exactly" means equal.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class NotOptimal(ArithmeticError):
    """Distances kept falling: the flow leaves a cycle by which it could be improved."""


class Proof(NamedTuple):
    """The bound on what the free pairs can be worth, and what a slot is worth.

    ``products`` is what each product brings to a pair of its own, ``partners`` what a pair pays for each partner's slot
    (below zero where a partner would otherwise go home without one). A pair could add to the choice only if it were worth more
    than both together and ``idle``, what a unit earns that goes past everybody.
    """

    bound: int
    products: np.ndarray
    partners: np.ndarray
    idle: int


def prices(network, flows: np.ndarray) -> Proof:
    """Prices for a solved network; the bound they give is computed from them alone."""
    distance = distances(network, flows)
    n = len(network.question.product_slots)
    bound = bound_of(network, distance)
    source, sink = int(distance[network.source]), int(distance[network.sink])
    return Proof(bound, distance[:n] - source, sink - distance[n : network.source], source - sink)


def distances(network, flows: np.ndarray) -> np.ndarray:
    """Shortest distances in the residual network, from everywhere at once (Bellman and Ford, only where something changed)."""
    forward, backward = flows < network.capacity, flows > 0
    tail = np.concatenate([network.tail[forward], network.head[backward]])
    head = np.concatenate([network.head[forward], network.tail[backward]])
    cost = np.concatenate([network.cost[forward], -network.cost[backward]])
    order = np.argsort(tail, kind="stable")
    tail, head, cost = tail[order], head[order], cost[order]
    nodes = network.sink + 1
    first = np.searchsorted(tail, np.arange(nodes + 1))
    distance = np.zeros(nodes, dtype=np.int64)
    changed = np.arange(nodes)
    for _round in range(4 * nodes + 4):
        arcs = arcs_out_of(changed, first)
        before = distance.copy()
        np.minimum.at(distance, head[arcs], before[tail[arcs]] + cost[arcs])
        changed = np.flatnonzero(distance < before)
        if not len(changed):
            return distance
    raise NotOptimal


def arcs_out_of(nodes: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Positions of the arcs that leave these nodes, where ``first`` says at which position each node's arcs begin."""
    counts = first[nodes + 1] - first[nodes]
    starts = np.repeat(first[nodes] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    return starts + np.arange(counts.sum())


def bound_of(network, distance: np.ndarray) -> int:
    """The most that any flow through the network can be worth, by these prices."""
    reduced = network.cost + distance[network.tail] - distance[network.head]
    cheapest = int((network.capacity * np.minimum(reduced, 0)).sum())
    return -(cheapest + network.total * int(distance[network.sink] - distance[network.source]))
