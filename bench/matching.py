"""`python -m bench matching`: fairs covered whenever that can be, and how long markets take that no table can hold.

Every size runs in a process of its own, so that the memory printed is its own. Times depend on what else the machine does: the
load is printed beside them. ``python -m bench matching gap`` solves full lists as well, ``gap 100000 10000`` of any size, to
say what the candidate lists give away; without that, the ceiling says what they can give away at most.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from statistics import median

from bench.markets import market
from bench.sales import load, say

FAIRS, FAIR = 1000, (46, 35)
SIZES = ((1000, 500), (10_000, 2_000), (100_000, 10_000))
FULL = 10**9
"""Lists so long that every possible pair is on them."""


def fairs(number: int) -> None:
    """Random fairs: how many can be covered, how many of those are, and whether every objective meets its bound."""
    from incubator.matching.engine.match import Request, match

    coverable = covered = proved = greedy = 0
    seconds = []
    for seed in range(number):
        products, partners = market(*FAIR, seed=seed)
        started = time.perf_counter()
        result = match(Request(products, partners))
        seconds.append(time.perf_counter() - started)
        proved += result.answer.is_proved
        if can_be_covered(result):
            coverable += 1
            covered += result.covered == FAIR
            greedy += covers_greedily(result)
    say(f"{number:,} random fairs of {FAIR[0]} × {FAIR[1]}", f"objective = bound in {proved:,}")
    say(
        "Everybody can have a meeting",
        f"in {coverable:,}, and has one in {covered:,} of these (best scores first: {greedy:,})",
    )
    say("A fair, rules to proof", f"median {median(seconds) * 1000:.1f} ms; {load()}")


def can_be_covered(result) -> bool:
    """By a way of its own: both sides can be covered if each can by itself (Ford and Fulkerson's linking of two flows)."""
    products, partners = result.market.products.slots, result.market.partners.slots
    return saturated(partners, result.feasible) and saturated(products, result.feasible.T)


def saturated(slots, possible) -> bool:
    """Each row gets one slot of a column it is possible with."""
    import numpy as np
    from ortools.graph.python.max_flow import SimpleMaxFlow

    rows, columns = possible.shape
    i, j = np.nonzero(possible)
    flow, source, sink = SimpleMaxFlow(), rows + columns, rows + columns + 1
    for tail, head, capacity in (
        (np.full(rows, source), np.arange(rows), np.ones(rows)),
        (i, rows + j, np.ones(len(i))),
        (rows + np.arange(columns), np.full(columns, sink), slots),
    ):
        flow.add_arcs_with_capacity(tail.astype(np.int32), head.astype(np.int32), capacity.astype(np.int64))
    flow.solve(source, sink)
    return flow.optimal_flow() == rows


def covers_greedily(result) -> bool:
    """What taking the best pair that is still free, again and again, would have done."""
    import numpy as np

    left = [result.market.products.slots.copy(), result.market.partners.slots.copy()]
    full = [each.copy() for each in left]
    rows, columns = np.nonzero(result.feasible)
    for place in np.argsort(-result.scores.mean[rows, columns], kind="stable"):
        i, j = rows[place], columns[place]
        if left[0][i] and left[1][j]:
            left[0][i] -= 1
            left[1][j] -= 1
    return bool((left[0] < full[0]).all() and (left[1] < full[1]).all())


def one_market(products: int, partners: int, full: int = 0) -> None:
    """One market from rows of plain values to chosen pairs with their proof; ``full`` with every possible pair on the list."""
    from incubator.matching.engine.large import match_market
    from incubator.matching.engine.match import Request

    sides = market(products, partners)
    before = memory()
    started, cpu = time.perf_counter(), time.process_time()
    result = match_market(Request(*sides), **({"first": (FULL, FULL), "rounds": 1} if full else {}))
    pairs = result.pairs()
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    say(
        f"{products:,} × {partners:,}, {'full list' if full else 'candidate lists'}",
        f"{seconds:6.1f} s ({cpu:.1f} s CPU), {memory():,.0f} MB ({before:,.0f} before); {load()}",
    )
    everything = result.everything
    say(
        "",
        f"{everything.fits:,} of {everything.looked_at:,} pairs possible, {len(result.listed.product):,} listed, {len(pairs):,} chosen",
    )
    proved = "the bound" if result.answer.is_proved else f"not the bound {result.answer.bound:,}"
    say(
        "",
        f"covered {result.covered[0]:,} and {result.covered[1]:,}; Σ score {result.sum_score:,.2f}; objective is {proved}; "
        f"at most {result.most_lost:.3%} lost",
    )


def memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> None:
    """Everything; or one market, in the processes it starts."""
    if arguments[:1] == ["market"]:
        one_market(*map(int, arguments[1:]))
    elif arguments[:1] == ["fairs"]:
        fairs(int(arguments[1]) if arguments[1:] else FAIRS)
    elif arguments[:1] == ["gap"]:
        size = tuple(map(int, arguments[1:3])) or SIZES[1]
        alone(*size)
        alone(*size, 1)
    else:
        fairs(FAIRS)
        for size in SIZES:
            alone(*size)


def alone(*numbers: int) -> None:
    subprocess.run([sys.executable, "-m", "bench.matching", "market", *map(str, numbers)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
