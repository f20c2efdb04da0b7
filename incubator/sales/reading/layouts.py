"""Layouts: how one kind of export is read. A layout asks for the columns it needs, by any of the names they had."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..states import SaleState
from . import cells
from .readings import Reading
from .refusals import RowRefused

UNIT_OF_COLUMN = re.compile(r"[(（][^)）]*[)）]$")


def plain_name(header: str) -> str:
    """A column's name without blanks, marks and the unit behind it: "商品总价(元) " → 商品总价."""
    return UNIT_OF_COLUMN.sub("", cells.bare(header).replace(" ", ""))


class Row:
    """One row, asked by our names for columns. What cannot be read is refused only when somebody asks for it."""

    __slots__ = ("_cells", "_places", "sheet")

    def __init__(self, raw: Sequence[str], places: Mapping[str, int], sheet: str):
        self._cells, self._places, self.sheet = raw, places, sheet

    def __getitem__(self, name: str) -> str:
        """The cell's text; empty where the file has no such column or the row ends before it."""
        place = self._places.get(name)
        if place is None or place >= len(self._cells):
            return ""
        text = cells.bare(self._cells[place])
        if "\ufffd" in text:
            raise RowRefused("unreadable_text", column=name)
        return text


class Layout:
    """Subclasses name their columns and read a row. ``columns`` maps our name to the names a file may use."""

    name: str
    columns: Mapping[str, Sequence[str]]
    needs: frozenset[str]
    is_numbered = False
    """True where rows have no number of their own: equal rows of one order or sheet are told apart by counting."""

    def __init__(
        self, states: Mapping[str, int] | None = None, units: Mapping[str, str] | None = None, day_order: str = "ymd"
    ):
        self.taught = dict(states or {})
        self.units = dict(units or {})
        self.day_order = day_order

    def places(self, headers: Sequence[str], renamed: Mapping[str, str]) -> dict[str, int] | None:
        """Where our columns stand under these headers, or None if one that we need is missing.

        ``renamed`` is what staff said of this account: a header's plain name → our column.
        """
        found: dict[str, int] = {}
        ours = {plain_name(alias): column for column, aliases in self.columns.items() for alias in (column, *aliases)}
        for place, header in enumerate(headers):
            plain = plain_name(header)
            column = renamed.get(plain) or ours.get(plain)
            if column and column in self.columns:
                found.setdefault(column, place)
        return found if self.needs <= found.keys() else None

    def read(self, row: Row) -> Reading:
        """What the row says; raises RowRefused."""
        raise NotImplementedError

    def state(self, words: str, known: Mapping[str, int]) -> int:
        """A state by its words, ours or those staff taught the account."""
        state = known.get(words, self.taught.get(words))
        if state is None:
            raise RowRefused("unknown_state", value=words)
        return state


def settled(state: int, paid_on: str, column: str) -> int:
    """A closed order that was paid has been given back in full; one that counts needs the day it was paid."""
    if state in {SaleState.CLOSED, SaleState.REFUNDED}:
        return SaleState.REFUNDED if paid_on else SaleState.CLOSED
    if state >= SaleState.PAID and not paid_on:
        raise RowRefused("no_day", column=column)
    return state


@dataclass(frozen=True)
class Recognised:
    """A layout that knows a header, and where its columns stand. ``width`` is the number of columns."""

    layout: Layout
    places: dict[str, int]
    width: int


def recognise(
    headers: Sequence[str], layouts: Sequence[Layout], renamed: Mapping[str, str] | None = None
) -> Recognised | None:
    """The first layout that finds all it needs under these headers."""
    for layout in layouts:
        places = layout.places(headers, renamed or {})
        if places is not None:
            return Recognised(layout, places, len(headers))
    return None
