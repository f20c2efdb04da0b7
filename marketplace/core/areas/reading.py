"""Find the place that a text names: 黑龙江齐齐哈尔讷河通南镇红旗村3组 says 通南镇.

People leave out levels (黑龙江讷河), generic words (讷河) and peoples (沔城镇 for 沔城回族镇), repeat
themselves (北京 北京市 朝阳区) and use the old name (横县). So every spelling of every place that starts
somewhere in the text is followed down the tree as far as the text goes, and the route that explains most of
the text wins. Routes that explain it equally well are not chosen between: the answer is the smallest area
around all of them, or none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from .gazetteer import Area, Level, children, common_ancestor, get
from .renamed import RENAMED


class Said(IntEnum):
    """How exactly a place was named; the more exact wins among equally long names."""

    SHORT = 0
    VARIANT = 1
    FULL = 2


Index = Mapping[str, tuple[tuple[Area, Said], ...]]


@dataclass(frozen=True, slots=True)
class Mention:
    area: Area
    start: int
    end: int
    said: Said


@dataclass(frozen=True, slots=True)
class Reading:
    """The place found and the slice of the text that names it.

    `skipped` is what stood between, such as a development zone that is no division: 高新区.
    """

    area: Area | None = None
    start: int = 0
    end: int = 0
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Mentions that lead down the tree, in the order of the text."""

    mentions: tuple[Mention, ...]
    skipped: str = ""

    @property
    def area(self) -> Area:
        return max((mention.area for mention in self.mentions), key=lambda area: area.level)

    @property
    def start(self) -> int:
        return self.mentions[0].start

    @property
    def end(self) -> int:
        return self.mentions[-1].end

    @property
    def weight(self) -> tuple[int, int, int, bool]:
        """Characters explained, exactness, places named, and whether it begins with a province."""
        return (
            sum(mention.end - mention.start for mention in self.mentions),
            sum(mention.said for mention in self.mentions),
            len({mention.area.code for mention in self.mentions}),
            self.mentions[0].area.level is Level.PROVINCE,
        )

    def then(self, mention: Mention, skipped: str = "") -> Route:
        return Route((*self.mentions, mention), self.skipped + skipped)


# Names in daily use that no rule produces.
COLLOQUIAL = {"内蒙": "150000", "巴州": "652800", "克州": "653000", "博州": "652700", "版纳": "532800"}
# Endings people put in place of the official one: 海南州, 恭城县, 郫县, 海门市, 城关镇.
ENDINGS = {
    Level.PROVINCE: ("自治区", "省", "市", "特区"),
    Level.CITY: ("自治州", "地区", "市", "州", "盟"),
    Level.COUNTY: ("自治县", "自治旗", "县", "市", "区", "旗"),
    Level.TOWNSHIP: ("街道", "民族乡", "镇", "乡", "苏木"),
}
DIGITS = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9}

SEPARATORS = r"\s,，、;；/|·。.>_\-"
_SEPARATOR = re.compile(f"[{SEPARATORS}\0:]")
# Shops fill levels that do not exist: 重庆 重庆市 县 巫山县, 湖北省 省直辖县级行政区划 仙桃市.
_NO_LEVEL = f"市辖区|市辖县|(?:省|自治区)?直辖县级行政(?:区划|单位)|省直辖县|县(?=[{SEPARATORS}])"
_BETWEEN = re.compile(f"[{SEPARATORS}]{{0,6}}(?:(?:{_NO_LEVEL})[{SEPARATORS}]{{0,6}})?")
# A short name before one of these is part of a street or house (上海路, 南京东路, 朝阳花园), unless that in
# turn begins the name of a township: 五莲街头镇, 郯城花园镇.
_PART_OF_A_NAME = re.compile(
    "(?:[东西南北中]?[一二三四五六七八九十]?"
    "(?:路(?![南北桥])|街(?!道)|大街|大道|巷|弄|胡同|村|社区|屯(?![昌留溪])|组)"
    "|大厦|大楼|广场|小区|花园|公寓|家园|新城(?![区子])|名苑|酒店|宾馆|饭店|商场|超市|市场|银行|大学|学院|医院"
    "|中学|小学|公司)(?!.?(?:镇|乡|街道))"
)
# 东方市场 is no 东方市.
_MARKET = re.compile("市(?:场|民中心|民广场|民之家)")
_VILLAGE_FOLLOWS = re.compile(r"[\u4e00-\u9fff]{1,5}?(?:村|屯|社区|[0-9]+[组队社])")
_ZONE_THAT_IS_NO_DIVISION = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:开发区|高新区|经开区|新区|示范区|管理区|园区|度假区|农场|林场)"
)
_OFFICE = re.compile("办事处|办(?!公)")


def find(text: str) -> Reading:
    """The place named in the text, and where; an empty reading if none is certain."""
    best: list[Route] = []
    for start in range(len(text)):
        for route in _routes_from(text, start):
            if not best or route.weight > best[0].weight:
                best = [route]
            elif route.weight == best[0].weight and route.start == best[0].start:
                best.append(route)
    return _reading(best)


def _reading(equally_good: list[Route]) -> Reading:
    area = common_ancestor(route.area for route in equally_good)
    if area is None:
        return Reading()
    whole = next((route for route in equally_good if route.area == area), None)
    if whole:
        return Reading(area, whole.start, whole.end, whole.skipped)
    start = equally_good[0].start
    return Reading(area, start, max(_end_of(area, route) for route in equally_good))


def _end_of(area: Area, route: Route) -> int:
    """Where the text stops naming the area and begins naming something inside it."""
    return max((mention.end for mention in route.mentions if _holds(mention.area, area)), default=route.start)


def _holds(outer: Area, inner: Area) -> bool:
    return inner.level >= outer.level and inner.code.startswith(outer.code[: DIGITS[outer.level]])


def _routes_from(text: str, start: int) -> Iterator[Route]:
    """Routes that cannot be followed further. Of those that meet at one place only the best goes on."""
    begun = (Route((mention,)) for mention in _mentions(text, start, _down_to_counties()) if _may_begin(mention))
    wave = _best_by_place(begun)
    while wave:
        further = [_best_by_place(_continuations(text, route)) for route in wave]
        for route, onward in zip(wave, further, strict=True):
            if not onward and (len(route.mentions) > 1 or _stands_alone(text, route.mentions[0])):
                yield route
        wave = _best_by_place(route for onward in further for route in onward)


def _best_by_place(routes: Iterable[Route]) -> list[Route]:
    best: dict[tuple[int, str], Route] = {}
    for route in routes:
        place = (route.end, route.area.code)
        if place not in best or route.weight > best[place].weight:
            best[place] = route
    return list(best.values())


def _may_begin(mention: Mention) -> bool:
    """东区, 城区 and the like mean something only after their city."""
    return not (mention.area.name.endswith("区") and len(mention.area.name) == 2)


def _stands_alone(text: str, mention: Mention) -> bool:
    """A short name by itself is easily part of another word (东方红, 长春藤), unless set apart from it."""
    if mention.said is not Said.SHORT:
        return True
    begins = mention.start == 0 or bool(_SEPARATOR.match(text, mention.start - 1))
    ends = mention.end == len(text) or bool(_SEPARATOR.match(text, mention.end))
    distinct = mention.area.level is Level.PROVINCE or mention.end - mention.start > 2
    return begins and (ends or (distinct and mention.area.level < Level.COUNTY))


def _continuations(text: str, route: Route) -> Iterator[Route]:
    gap = _BETWEEN.match(text, route.end)
    at, here = gap.end() if gap else route.end, route.area
    for mention in _mentions(text, at, _down_to_counties()):
        if _goes_down(here, mention) or _repeats(route, mention):
            yield route.then(mention)
    townships = _townships_below(here.code)
    for mention in _mentions(text, at, townships):
        if mention.said is not Said.SHORT or _is_township(text, here, mention):
            yield route.then(mention)
    zone = _ZONE_THAT_IS_NO_DIVISION.match(text, at) if townships else None
    if zone:
        for mention in _mentions(text, zone.end(), townships):
            if mention.said is Said.FULL:
                yield route.then(mention, skipped=zone.group())


def _goes_down(here: Area, mention: Mention) -> bool:
    return mention.area.level > here.level and _holds(here, mention.area)


def _repeats(route: Route, mention: Mention) -> bool:
    """北京 北京市, or the whole region once more at the head of the detailed address."""
    if mention.said is Said.SHORT or not _holds(mention.area, route.area):
        return False
    return sum(said.area.code == mention.area.code for said in route.mentions) < 2


def _is_township(text: str, here: Area, mention: Mention) -> bool:
    """A short name is a township only below its own county, and with a village or nothing glued to it."""
    ends = mention.end == len(text) or bool(_SEPARATOR.match(text, mention.end))
    return mention.area.parent_code == here.code and (ends or bool(_VILLAGE_FOLLOWS.match(text, mention.end)))


def _mentions(text: str, start: int, index: Index) -> Iterator[Mention]:
    """Every way to read a name at this place of the text."""
    for end in range(start + 2, min(start + LONGEST_NAME, len(text)) + 1):
        for area, said in index.get(text[start:end], ()):
            if said is Said.SHORT:
                yield from _shortened(text, start, end, area)
            elif not _MARKET.match(text, end - 1):
                office = _OFFICE.match(text, end) if area.name.endswith("街道") else None
                yield Mention(area, start, office.end() if office else end, said)


def _shortened(text: str, start: int, end: int, area: Area) -> Iterator[Mention]:
    if not _PART_OF_A_NAME.match(text, end):
        yield Mention(area, start, end, Said.SHORT)
    for ending in ENDINGS[area.level]:
        if text.startswith(ending, end) and not _MARKET.match(text, end):
            office = _OFFICE.match(text, end + len(ending)) if ending == "街道" else None
            yield Mention(area, start, office.end() if office else end + len(ending), Said.VARIANT)


LONGEST_NAME = 16


@cache
def _down_to_counties() -> Index:
    """Every spelling of the provinces, cities and counties."""
    provinces = children()
    below = [area for province in provinces for area in children(province.code)]
    counties = [area for city in below if city.level is Level.CITY for area in children(city.code)]
    spellings = _spellings(area for area in (*provinces, *below, *counties) if area.level < Level.TOWNSHIP)
    for name, code in COLLOQUIAL.items():
        spellings[name].append((get(code), Said.SHORT))
    for former in RENAMED.values():
        spellings[former.then].append((get(former.now), Said.FULL))
    return {name: tuple(readings) for name, readings in spellings.items()}


@lru_cache(maxsize=256)
def _townships_below(code: str) -> Index:
    """Townships of an area that has counties at most below it: people leave out the county, not the city."""
    below = children(code)
    if any(area.level is Level.CITY for area in below):
        return {}
    deeper = [township for area in below for township in children(area.code)]
    townships = (area for area in (*below, *deeper) if area.level is Level.TOWNSHIP)
    return {name: tuple(readings) for name, readings in _spellings(townships).items()}


def _spellings(places: Iterable[Area]) -> defaultdict[str, list[tuple[Area, Said]]]:
    spellings: defaultdict[str, list[tuple[Area, Said]]] = defaultdict(list)
    for area in places:
        spellings[area.name].append((area, Said.FULL))
        if area.short_name != area.name:
            spellings[area.short_name].append((area, Said.SHORT))
    return spellings
