"""The whole way from a file to readings: which sheet, which header, which rows are data, and which of those are refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import BinaryIO

from ..states import SalesChannel
from . import cells, douyin, pinduoduo, taobao, typed
from .files import RawRow, Sheet, sheets
from .layouts import Layout, Recognised, Row, recognise
from .readings import Reading
from .refusals import Refusal, RowRefused, UnknownHeader

LAYOUTS: Mapping[str, Sequence[type[Layout]]] = {
    SalesChannel.TAOBAO: taobao.LAYOUTS,
    SalesChannel.PINDUODUO: pinduoduo.LAYOUTS,
    SalesChannel.DOUYIN: douyin.LAYOUTS,
    SalesChannel.WECHAT: typed.LAYOUTS,
    SalesChannel.OTHER: typed.LAYOUTS,
}
ROWS_ABOVE_HEADER = 10
TOTALS = ("合计", "总计", "小计", "共计", "汇总", "总和", "total", "sum")


@dataclass(frozen=True)
class Habits:
    """What staff taught an account: its own names for columns, words for states and units, and how it writes days."""

    columns: Mapping[str, str]
    states: Mapping[str, int]
    units: Mapping[str, str] = field(default_factory=dict)
    day_order: str = "ymd"


@dataclass(frozen=True, slots=True)
class Read:
    """One data row: what it says, or why it cannot be taken."""

    row: int
    reading: Reading | None = None
    refusal: Refusal | None = None


def read(file: BinaryIO, channel: str, habits: Habits | None = None) -> Iterator[Read]:
    """Every data row of the file, once. Titles, headers, totals and empty rows are not data.

    Raises UnreadableFile at once, before the first row, if nothing in the file can be read.
    """
    habits = habits or Habits({}, {})
    layouts = [layout(habits.states, habits.units, habits.day_order) for layout in LAYOUTS[channel]]
    headers: list[str] = []
    tables = (find_header(sheet, layouts, habits.columns, headers) for sheet in sheets(file))
    known = (table for table in tables if table is not None)
    first = next(known, None)
    if first is None:
        raise UnknownHeader(headers)
    return chain.from_iterable(table.reads() for table in chain([first], known))


@dataclass(frozen=True)
class Table:
    """A sheet whose header was recognised, and its rows below it."""

    sheet: str
    header: list[str]
    known: Recognised
    rows: Iterator[RawRow]

    def reads(self) -> Iterator[Read]:
        """Data rows only; rows that say the same are numbered where the layout tells them apart by counting."""
        seen: Counter[tuple[str, str]] = Counter()
        for raw in self.rows:
            if not any(raw.cells) or is_total(raw.cells) or raw.cells == self.header:
                continue
            try:
                reading = self.read(raw)
            except RowRefused as refusal:
                yield Read(raw.number, refusal=refusal)
                continue
            yield Read(raw.number, numbered(reading, seen) if self.known.layout.is_numbered else reading)

    def read(self, raw: RawRow) -> Reading:
        """One row; a last row that stops short was cut off with the file."""
        if raw.is_last and len(raw.cells) < self.known.width:
            raise RowRefused("cut_off")
        return self.known.layout.read(Row(raw.cells, self.known.places, self.sheet))


def find_header(sheet: Sheet, layouts: Sequence[Layout], renamed: Mapping[str, str], seen: list[str]) -> Table | None:
    """The sheet from its header on, or None; ``seen`` keeps the widest row that might have been one."""
    for _number, raw in zip(range(ROWS_ABOVE_HEADER), sheet.rows, strict=False):
        known = recognise(raw.cells, layouts, renamed)
        if known is not None:
            return Table(sheet.name, raw.cells, known, sheet.rows)
        names = [name for name in map(cells.bare, raw.cells) if name]
        if len(names) > len(seen):
            seen[:] = names
    return None


def channel_of(headers: Sequence[str]) -> str:
    """The platform that exports files with these headers; empty for none. Lists typed by hand look like nobody's."""
    platforms = (channel for channel, layouts in LAYOUTS.items() if layouts is not typed.LAYOUTS)
    known = (channel for channel in platforms if recognise(headers, [layout() for layout in LAYOUTS[channel]]))
    return next(known, "")


def is_total(row: Sequence[str]) -> bool:
    """True for a row that adds up the ones above it."""
    first = next((text for text in map(cells.bare, row) if text), "")
    return first.rstrip(":：").strip().lower() in TOTALS


def numbered(reading: Reading, seen: Counter) -> Reading:
    """The second of two equal rows is a second sale (or item), and keeps its number the next time the file comes."""
    seen[reading.order_number, reading.line_key] += 1
    times = seen[reading.order_number, reading.line_key]
    if times == 1:
        return reading
    if not reading.line_key:
        return replace(reading, order_number=f"{reading.order_number}#{times}")
    return replace(reading, line_key=f"{reading.line_key}#{times}")
