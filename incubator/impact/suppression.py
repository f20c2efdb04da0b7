"""Small cells stay hidden, and cannot be worked out from totals. Plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Mapping, Set

LEAST = 10
"""A cell that counts fewer is not published."""


def hidden(
    counts: Mapping[str, int],
    *,
    secret: Set[str] = frozenset(),
    also: Set[str] = frozenset(),
    known: Set[str] = frozenset(),
) -> set[str]:
    """Which cells of a table with a published total must be hidden.

    Every cell from 1 to 9 and every ``secret`` one; and where these alone could be worked out from the total (only one, or fewer than
    ten together), the next smallest as well. Empty cells are no secret. ``also`` are hidden for another reason; ``known`` ones
    protect none.
    """
    small = {name for name, n in counts.items() if 0 < n < LEAST or (n and name in secret)}
    found = small | {name for name in also if counts.get(name)}
    rest = [name for name, n in counts.items() if n and name not in found and name not in known]
    rest.sort(key=lambda name: (counts[name], name))
    while small and rest and not is_protected(found - known, counts):
        found.add(rest.pop(0))
    return found


def is_protected(cells: Set[str], counts: Mapping[str, int]) -> bool:
    """True where the total and all other cells tell nothing of these one by one."""
    return len(cells) > 1 and sum(counts[name] for name in cells) >= LEAST


def shown(count: int) -> int | None:
    """A single figure, or None where it is too small to publish; 0 is 0."""
    return None if 0 < count < LEAST else count
