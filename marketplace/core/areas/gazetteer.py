"""The official divisions of China: provinces, cities, counties, townships.

Codes are those of the ministry's table: six digits down to counties (黑龙江省 230000, 齐齐哈尔市 230200,
讷河市 230281) and nine for townships (龙河镇 230281104). Nothing else is stored anywhere; short forms ("23",
"2302") are understood when asking, because GB/T 2260 prints them so. The first two digits of any code are its
province.

Not every province has cities, nor every city counties: 北京 has districts straight under the municipality,
仙桃 and 石河子 are county-level straight under the province, 东莞 and 儋州 have townships straight under the
city. `children` returns what really stands below an area, of whatever level; walk with it and empty levels
never appear.

The table down to counties is read at first use (about 30 ms and 2 MB); the townships of a county are cut out
of its line when somebody asks for them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

from marketplace.core.text import is_english

from .names import short_name
from .renamed import RENAMED

TABLE = Path(__file__).with_name("divisions.json")


class UnknownArea(LookupError):
    """No division has this code, now or under a former code that we know."""


class Level(IntEnum):
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4


@dataclass(frozen=True, slots=True)
class Area:
    """One division. `parent_code` is None for a province."""

    code: str
    name: str
    level: Level
    parent_code: str | None

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name as people say it: 黑龙江, 齐齐哈尔, 巴音郭楞; 沁县 stays 沁县."""
        return short_name(self.name)

    @property
    def name_en(self) -> str:
        """The customary English name, else pinyin: Inner Mongolia, Harbin, Nehe."""
        from .english import english_name  # pypinyin takes a while to import, and Chinese pages never need it

        return english_name(self.code, self.name)

    @property
    def display_name(self) -> str:
        """The whole name in the reader's language."""
        return self.name_en if is_english() else self.name


def level_of(code: str) -> Level:
    if len(code) == 9:
        return Level.TOWNSHIP
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


def parent_code(code: str, known: Container[str]) -> str | None:
    """The code one existing level up: a county without a city stands under its province."""
    level = level_of(code)
    if level is Level.PROVINCE:
        return None
    if level is Level.TOWNSHIP:
        return code[:6]
    city, province = f"{code[:4]}00", f"{code[:2]}0000"
    return city if level is Level.COUNTY and city in known else province


class Gazetteer:
    """All divisions of one edition of the table. Normally used through the functions below."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.source: dict[str, str] = table["source"]
        self._areas: dict[str, Area] = {}
        self._below: dict[str | None, list[Area]] = defaultdict(list)
        self._township_lines: dict[str, str] = {}
        self._townships: dict[str, tuple[Area, ...]] = {}
        self._read(table["areas"])

    def _read(self, lines: list[list[str]]) -> None:
        known = {line[0] for line in lines}
        for code, name, *townships in lines:
            area = Area(code, name, level_of(code), parent_code(code, known))
            self._areas[code] = area
            self._below[area.parent_code].append(area)
            if townships:
                self._township_lines[code] = townships[0]

    def get(self, code: str) -> Area:
        """The area of a code, a short code ("23") or a former code (横县 450127); `UnknownArea` otherwise."""
        wanted = full_code(code)
        if len(wanted) == 9:
            for township in self._townships_of(wanted[:6]):
                if township.code == wanted:
                    return township
        elif wanted in self._areas:
            return self._areas[wanted]
        raise UnknownArea(code)

    def children(self, code: str | None = None) -> tuple[Area, ...]:
        """What stands directly below, in the order of codes; without a code, the provinces."""
        if code is None:
            return tuple(self._below[None])
        area = self.get(code)
        if area.level is Level.TOWNSHIP:
            return ()
        return (*self._below.get(area.code, ()), *self._townships_of(area.code))

    def path(self, code: str) -> tuple[Area, ...]:
        """From the province down to the area itself; levels that do not exist are not in it."""
        area = self.get(code)
        above = self.path(area.parent_code) if area.parent_code else ()
        return (*above, area)

    def full_name(self, code: str, sep: str = "", language: str = "zh") -> str:
        """黑龙江省齐齐哈尔市讷河市; in English from small to large, "Nehe, Qiqihar, Heilongjiang"."""
        path = self.path(code)
        if language.startswith("zh"):
            return sep.join(area.name for area in path)
        return (sep or ", ").join(area.name_en for area in reversed(path))

    def province_of(self, code: str) -> Area:
        return self.get(self.get(code).code[:2])

    def is_within(self, code: str, ancestor: str) -> bool:
        """True for the area itself and for everything below it."""
        return self.get(ancestor) in self.path(code)

    def picker_tree(self, province: str, language: str = "zh") -> list[list[Any]]:
        """`[[code, name, [children…]], …]` below a province, ready for JSON."""
        is_chinese = language.startswith("zh")
        return [
            [area.code, area.name if is_chinese else area.name_en, self.picker_tree(area.code, language)]
            for area in self.children(province)
        ]

    def _townships_of(self, code: str) -> tuple[Area, ...]:
        if code not in self._townships:
            names = self._township_lines.get(code, "").split()
            self._townships[code] = tuple(Area(code + entry[:3], entry[3:], Level.TOWNSHIP, code) for entry in names)
        return self._townships[code]


def full_code(code: str) -> str:
    """The code as it stands in the table: padded to six digits, a former county code replaced."""
    padded = code.ljust(6, "0")
    return RENAMED[padded[:6]].now + padded[6:] if padded[:6] in RENAMED else padded


def common_ancestor(areas: Iterable[Area]) -> Area | None:
    """The smallest area that holds all of them; None if they share not even a province."""
    paths = [path(area.code) for area in areas]
    shared = [step[0] for step in zip(*paths, strict=False) if len(set(step)) == 1]
    return shared[-1] if shared else None


@cache
def gazetteer() -> Gazetteer:
    """The edition in this repository, read once per process."""
    return Gazetteer(json.loads(TABLE.read_text(encoding="utf-8")))


def get(code: str) -> Area:
    return gazetteer().get(code)


def children(code: str | None = None) -> tuple[Area, ...]:
    return gazetteer().children(code)


def path(code: str) -> tuple[Area, ...]:
    return gazetteer().path(code)


def full_name(code: str, sep: str = "", language: str = "zh") -> str:
    return gazetteer().full_name(code, sep, language)


def province_of(code: str) -> Area:
    return gazetteer().province_of(code)


def is_within(code: str, ancestor: str) -> bool:
    return gazetteer().is_within(code, ancestor)


def picker_tree(province: str, language: str = "zh") -> list[list[Any]]:
    return gazetteer().picker_tree(province, language)


def source() -> dict[str, str]:
    """Who published the table, when, and how it came here: to be shown wherever its figures are."""
    return gazetteer().source
