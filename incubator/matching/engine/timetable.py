"""Meetings without clashes: every pair gets a slot and a table, and nobody sits at two tables at once.

Pairs of two sides are the edges of a bipartite graph and slots are colours. By Kőnig's theorem as many slots are enough as the
busiest member has meetings (``least_slots``), and by swapping along alternating paths the slots can be made equally full, so
that tables × slots ≥ meetings is enough too. Both steps are exact and take no chance: the same pairs get the same timetable.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

Pair = tuple[str, str]


class Place(NamedTuple):
    """Where a meeting is: slot and table, both from 0."""

    slot: int
    table: int


class TooNarrow(ValueError):
    """There is not room for everybody; ``slots`` and ``tables`` say how many would be enough (one of them is too small)."""

    def __init__(self, slots: int, tables: int):
        super().__init__(f"{slots} slots and {tables} tables are needed")
        self.slots, self.tables = slots, tables


def least_slots(pairs: Sequence[Pair]) -> int:
    """As many slots as the busiest member has meetings."""
    return max(Counter(f"{side}:{pair[side]}" for pair in pairs for side in (0, 1)).values(), default=0)


def schedule(pairs: Sequence[Pair], *, slots: int, tables: int) -> list[Place]:
    """A place for each pair, in their order; the two sides may use the same names. Raises TooNarrow."""
    if not pairs:
        return []
    least = least_slots(pairs)
    if slots < least or slots * tables < len(pairs):
        enough = max(slots, least)
        raise TooNarrow(enough, max(tables, ceil(len(pairs) / enough)))
    colours = Colours(pairs, slots)
    for edge in range(len(pairs)):
        colours.place(edge)
    colours.even_out(tables)
    return seated(pairs, colours.of, tables)


class Colours:
    """A colouring in progress: ``of`` edge, and for each member its edge in every colour it uses."""

    def __init__(self, pairs: Sequence[Pair], colours: int):
        self.ends = [(f"0:{a}", f"1:{b}") for a, b in pairs]
        self.colours = colours
        self.of = [-1] * len(pairs)
        self.at: dict[str, dict[int, int]] = defaultdict(dict)

    def free(self, member: str) -> int:
        """The first slot in which the member has nothing to do."""
        return next(colour for colour in range(self.colours) if colour not in self.at[member])

    def place(self, edge: int) -> None:
        """Give an edge a colour; what stands in the way on an alternating path swaps its two colours."""
        one, other = self.ends[edge]
        mine, hers = self.free(one), self.free(other)
        if mine != hers and mine in self.at[other]:
            self.swap(self.path(other, mine, hers), mine, hers)
        self.paint(edge, mine)

    def path(self, member: str, first: int, second: int) -> list[int]:
        """The edges of two colours in turn, beginning with ``first`` at this member."""
        found, colour = [], first
        while (edge := self.at[member].get(colour)) is not None:
            found.append(edge)
            one, other = self.ends[edge]
            member = other if member == one else one
            colour = second if colour == first else first
        return found

    def swap(self, edges: Sequence[int], first: int, second: int) -> None:
        """Exchange two colours along a path."""
        before = [(edge, self.of[edge]) for edge in edges]
        for edge, colour in before:
            for member in self.ends[edge]:
                self.at[member].pop(colour, None)
        for edge, colour in before:
            self.paint(edge, second if colour == first else first)

    def paint(self, edge: int, colour: int) -> None:
        self.of[edge] = colour
        for member in self.ends[edge]:
            self.at[member][colour] = edge

    def even_out(self, most: int) -> None:
        """Move meetings from full slots to emptier ones until no slot holds more than ``most``."""
        sizes = Counter(self.of)
        while (fullest := max(range(self.colours), key=lambda colour: sizes[colour])) is not None:
            if sizes[fullest] <= most:
                return
            emptiest = min(range(self.colours), key=lambda colour: sizes[colour])
            self.swap(self.longer_path(fullest, emptiest), fullest, emptiest)
            sizes[fullest] -= 1
            sizes[emptiest] += 1

    def longer_path(self, fuller: int, emptier: int) -> list[int]:
        """A path of both colours that begins and ends with the fuller: there is one wherever one colour has more edges."""
        for member in sorted(self.at):
            if fuller in self.at[member] and emptier not in self.at[member]:
                path = self.path(member, fuller, emptier)
                if len(path) % 2:
                    return path
        raise AssertionError("one colour has more edges, so one path has more of it")


def seated(pairs: Sequence[Pair], slots: Sequence[int], tables: int) -> list[Place]:
    """Tables slot by slot; whoever of the second side sat at a table before keeps it where nobody else does."""
    usual: dict[str, int] = {}
    places: dict[int, Place] = {}
    for slot in sorted(set(slots)):
        edges = [edge for edge, colour in enumerate(slots) if colour == slot]
        taken: set[int] = set()
        for edge in sorted(edges, key=lambda edge: (pairs[edge][1] not in usual, pairs[edge][1])):
            wanted = usual.get(pairs[edge][1])
            free = (table for table in range(tables) if table not in taken)
            table = wanted if wanted is not None and wanted not in taken else next(free)
            taken.add(table)
            usual.setdefault(pairs[edge][1], table)
            places[edge] = Place(slot, table)
    return [places[edge] for edge in range(len(pairs))]
