"""Sales added up for the staff's pages: by channel, county, cooperative, product and week, each order once.

Everything comes from the sums of days and goods (``rollups.py``), a few thousand rows however much was sold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, reduce
from operator import itemgetter, or_
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, F, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Greatest

from incubator.matching.words import place
from marketplace.catalogue.models import Product
from marketplace.core.money import to_yuan
from marketplace.core.planning import rows_planned_anew

from .models import AccountDay, AccountWeek, GoodQuarter, GoodWeek, SumQuerySet, quarter_of, week_of
from .rollups import SUMS
from .states import SalesChannel

TALL, WIDE = 100, 1000
"""Drawings are so many units high and wide."""
MOST_WEEKS = 60
COUNTY_DIGITS = 6
DAY, WEEK, QUARTER = timedelta(days=1), timedelta(weeks=1), timedelta(weeks=13)


NO_WEEK = Value(date.min, DateField())
NOTHING, NO_DEAL = Value("", CharField()), Value(0, BigIntegerField())
"""What a row says of what it is not added up by."""
Days = tuple[date, date]
FIGURES_OF = itemgetter(*(f"all_{name}" for name in SUMS))


@dataclass(frozen=True)
class Sums:
    """One row of a table: what was sold under a name. ``key`` leads on to it."""

    name: str
    lines: int = 0
    orders: int = 0
    kept: int = 0
    grams: int = 0
    gross_fen: int = 0
    refunded_fen: int = 0
    weights_unknown: int = 0
    refunds_unknown: int = 0
    share: int = 0
    key: str = ""

    @property
    def gross(self):
        return to_yuan(self.gross_fen)

    @property
    def refunded(self):
        return to_yuan(self.refunded_fen)

    @property
    def net_fen(self) -> int:
        return self.gross_fen - self.refunded_fen

    @property
    def net(self):
        return to_yuan(self.net_fen)


@dataclass(frozen=True)
class Asked:
    """Which days, both included, and which channel; empty for all."""

    since: date
    until: date
    channel: str = ""


def parted(since: date, until: date, begin: Callable[[date], date], length: timedelta) -> tuple[Days, list[Days]]:
    """These days, both included, as those of whole stretches (weeks, quarters) and the days left before and after them.

    All are left where no stretch lies wholly within. Days that end before they begin are none.
    """
    first, after = begin(since + length - DAY), begin(until + DAY)
    if first >= after:
        return (first, first - DAY), [(since, until)]
    return (first, after - DAY), [(since, first - DAY), (after, until)]


def within(day: str, *stretches: Days) -> Q:
    """In one of these stretches; ranges that an index finds, not all days but some."""
    return reduce(or_, (Q(**{f"{day}__range": stretch}) for stretch in stretches))


def summed(sums: QuerySet, *by: str) -> QuerySet:
    """Rows of sums by these columns."""
    return sums.order_by().values(*by).annotate(**{f"all_{name}": Sum(name) for name in SUMS})


def together(rows: Iterable[dict[str, Any]], name: str = "", key: str = "") -> Sums:
    """Rows of ``summed`` as one."""
    columns = zip(*map(FIGURES_OF, rows), strict=True)
    return Sums(name, **dict(zip(SUMS, map(sum, columns), strict=False)), key=key)


def grouped(rows: Iterable[dict[str, Any]], key: Callable[[dict], Any]) -> dict[Any, list[dict[str, Any]]]:
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def with_shares(rows: Iterable[Sums]) -> list[Sums]:
    """The largest first, each with its bar's length in percent of the longest."""
    ordered = sorted(rows, key=lambda row: (-row.net_fen, row.name, row.key))
    most = max((row.net_fen for row in ordered), default=0) or 1
    return [replace(row, share=max(0, 100 * row.net_fen // most)) for row in ordered]


@dataclass(frozen=True)
class Bar:
    """One week of a drawing, in its units."""

    week: date
    sums: Sums
    x: int
    y: int
    width: int
    height: int


class Figures:
    """What a person's places sold in some days. One query for everything but names and products."""

    def __init__(self, user, asked: Asked):
        self.user, self.asked = user, asked

    def narrowed(self, sums: SumQuerySet, days: Q) -> SumQuerySet:
        """What this person may see of these days and of this channel."""
        mine = sums.visible_to(self.user).filter(days)
        return mine.filter(account__channel=self.asked.channel) if self.asked.channel else mine

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """By channel, county and agreement, and once more by week; one query, since both together would be rows by the thousand.

        Whole weeks from their sums, the days before the first and after the last one by themselves.
        """
        whole, ends = parted(self.asked.since, self.asked.until, week_of, WEEK)
        weeks = self.narrowed(AccountWeek.objects.all(), within("week", whole))
        days = self.narrowed(AccountDay.objects.all(), within("day", *ends))
        sides = {"channel": F("account__channel"), "area": F("account__area"), "deal": F("agreement"), "drawn": NO_WEEK}
        bars = {"channel": NOTHING, "area": NOTHING, "deal": NO_DEAL, "drawn": self.drawn}
        first, *others = (summed(each.annotate(**by), *by) for by in (sides, bars) for each in (weeks, days))
        return rows_planned_anew(first.union(*others, all=True))

    @cached_property
    def sides(self) -> list[dict[str, Any]]:
        """The rows by channel, county and agreement."""
        return [row for row in self.rows if row["drawn"] == NO_WEEK.value]

    @property
    def first_drawn(self) -> date:
        """The first week that is drawn."""
        return max(week_of(self.asked.since), week_of(self.asked.until) - WEEK * (MOST_WEEKS - 1))

    @property
    def drawn(self) -> Greatest:
        """The week of a sum; all weeks before those that are drawn are one."""
        return Greatest("week", Value(self.first_drawn - WEEK, DateField()), output_field=DateField())

    @cached_property
    def whole(self) -> Sums:
        """Everything together."""
        return together(self.sides)

    @cached_property
    def rest(self) -> Sums:
        """What counts for no agreement."""
        return together(row for row in self.sides if not row["deal"])

    @cached_property
    def channels(self) -> list[Sums]:
        found = grouped(self.sides, lambda row: row["channel"])
        return with_shares(together(rows, str(SalesChannel(each).label), each) for each, rows in found.items())

    @cached_property
    def counties(self) -> list[Sums]:
        """By the county the selling account belongs to, as published figures count."""
        found = grouped(self.sides, lambda row: row["area"][:COUNTY_DIGITS])
        return with_shares(together(rows, place(code) if code else "", code) for code, rows in found.items())

    @cached_property
    def cooperatives(self) -> list[Sums]:
        """What counts for a binding agreement, under its cooperative."""
        from incubator.agreements.models import Agreement

        numbers = {row["deal"] for row in self.sides} - {0}
        sides = Agreement.objects.filter(pk__in=numbers).select_related("cooperative").only("cooperative")
        cooperative = {each.pk: each.cooperative for each in sides}
        found = grouped((row for row in self.sides if row["deal"]), lambda row: cooperative[row["deal"]])
        return with_shares(together(rows, each.display_name, str(each.pk)) for each, rows in found.items())

    @cached_property
    def weeks(self) -> list[Bar]:
        """Every week of the days, also those without sales, as bars."""
        found = {week: together(rows) for week, rows in grouped(self.rows, lambda row: row["drawn"]).items()}
        first, last = self.first_drawn, week_of(self.asked.until)
        weeks = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
        most = max((found[week].net_fen for week in weeks if week in found), default=0) or 1
        step = WIDE // max(1, len(weeks))
        return [bar(number, week, found.get(week) or Sums(""), most, step) for number, week in enumerate(weeks)]

    @property
    def goods(self) -> QuerySet:
        """What was sold of each good: whole quarters from their sums, the weeks before and after by themselves; one query."""
        monday, sunday = week_of(self.asked.since), week_of(self.asked.until) + WEEK - DAY
        whole, ends = parted(monday, sunday, quarter_of, QUARTER)
        quarters = self.narrowed(GoodQuarter.objects.all(), within("quarter", whole))
        weeks = self.narrowed(GoodWeek.objects.all(), within("week", *ends))
        by = ("product", "code", "title")
        early, late = (summed(each, *by).annotate(called=Max("label")) for each in (quarters, weeks))
        return early.union(late, all=True)

    @cached_property
    def products(self) -> list[Sums]:
        """By product, packs under their product; goods outside our catalogue by code or title. Whole weeks, Monday to Sunday."""
        rows = [row for row in rows_planned_anew(self.goods) if row["all_lines"]]
        packs = Product.objects.select_related("parent").in_bulk({row["product"] for row in rows} - {0})
        found = grouped(rows, lambda row: good_key(row, packs.get(row["product"])))
        return with_shares(together(of, good_name(of, packs.get(of[0]["product"])), key) for key, of in found.items())


def good_key(row: dict[str, Any], pack: Product | None) -> str:
    """What a good is known by: as a product of our catalogue; outside it by its code or else its title."""
    if pack is not None:
        return f"product:{pack.whole.pk}"
    return f"code:{row['code']}" if row["code"] else f"title:{row['title']}"


def good_name(rows: Sequence[dict[str, Any]], pack: Product | None) -> str:
    """What people call it: a product by its title, a code with a title it was sold under."""
    if pack is not None:
        return pack.whole.display_title
    code, called = rows[0]["code"], max(row["called"] for row in rows)
    return " · ".join(filter(None, (called, code)))


def bar(number: int, week: date, sums: Sums, most: int, step: int) -> Bar:
    height = max(0, TALL * sums.net_fen // most)
    return Bar(week, sums, number * step, TALL - height, max(1, step - step // 5), height)


def by_goods(goods: QuerySet) -> QuerySet:
    """Sums by account, code and title, the largest first: for lists to work off. What accounts are called is looked up later: to
    group by names as well takes the database longer than the rest."""
    return (
        goods.order_by()
        .values("account", "code", "title")
        .annotate(all_lines=Sum("lines"), net_sum=Sum(F("gross_fen") - F("refunded_fen")), called=Max("label"))
        .filter(all_lines__gt=0)
        .order_by("-net_sum", "account", "code", "title")
    )
