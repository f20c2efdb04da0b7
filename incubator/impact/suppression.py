"""Small cells stay hidden, and cannot be worked out from totals. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 10
"""A cell that counts fewer is not published."""


def hidden(counts: Mapping[str, int]) -> set[str]:
    """Which cells of a table with a published total must be hidden.

    Every cell from 1 to 9; and where these alone could be worked out from the total (only one, or fewer than ten together), the
    next smallest as well. Empty cells are no secret.
    """
    found = {name for name, n in counts.items() if 0 < n < LEAST}
    rest = sorted((name for name, n in counts.items() if n >= LEAST), key=lambda name: (counts[name], name))
    while found and rest and (len(found) < 2 or sum(counts[name] for name in found) < LEAST):
        found.add(rest.pop(0))
    return found


def shown(count: int) -> int | None:
    """A single figure, or None where it is too small to publish; 0 is 0."""
    return None if 0 < count < LEAST else count
