"""Sales added up for the staff's page: by channel, week and cooperative, each order once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from marketplace.core.money import to_yuan

from .models import SaleFact, SaleFactQuerySet, week_of
from .states import SalesChannel

TALL, WIDE = 100, 1000
"""Drawings are so many units high and wide."""
MOST_WEEKS = 60


@dataclass(frozen=True)
class Sums:
    """One row of a table: what was sold under a name."""

    name: str
    orders: int
    grams: int
    gross_fen: int
    refunded_fen: int
    share: int = 0

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


def facts_of(user, asked: Asked) -> SaleFactQuerySet:
    """What this person may see of these days."""
    facts = SaleFact.objects.current().counted().visible_to(user)
    facts = facts.filter(sold_on__gte=asked.since, sold_on__lte=asked.until)
    return facts.filter(account__channel=asked.channel) if asked.channel else facts


def summed(facts: QuerySet[SaleFact], *by: str) -> list[dict[str, Any]]:
    """Sums by these columns."""
    return list(
        facts.order_by()
        .values(*by)
        .annotate(
            order_count=Sum("is_first"),
            kept=Coalesce(Sum("grams_kept"), 0),
            gross=Sum("gross_fen"),
            back=Sum("refunded_fen"),
        )
    )


def sums_of(name: str, row: dict[str, Any]) -> Sums:
    return Sums(name, row["order_count"], row["kept"], row["gross"], row["back"])


def whole(facts: SaleFactQuerySet) -> Sums:
    """Everything together."""
    found = facts.sums()
    return Sums("", found["orders"], found["grams"], found["gross"], found["refunded"])


def with_shares(rows: Sequence[Sums]) -> list[Sums]:
    """The largest first, each with its bar's length in percent of the longest."""
    most = max((row.net_fen for row in rows), default=0) or 1
    ordered = sorted(rows, key=lambda row: (-row.net_fen, row.name))
    return [
        Sums(row.name, row.orders, row.grams, row.gross_fen, row.refunded_fen, max(0, 100 * row.net_fen // most))
        for row in ordered
    ]


def by_channel(facts: QuerySet[SaleFact]) -> list[Sums]:
    rows = summed(facts, "account__channel")
    return with_shares([sums_of(str(SalesChannel(row["account__channel"]).label), row) for row in rows])


def by_cooperative(facts: QuerySet[SaleFact]) -> list[Sums]:
    """What counts for a binding agreement, under its cooperative."""
    from incubator.agreements.states import BINDING

    agreement = "account__agreement_goods__agreement"
    within = Q(
        **{
            f"{agreement}__state__in": BINDING,
            "account__agreement_goods__code": F("code"),
            f"{agreement}__begins_on__lte": F("sold_on"),
            f"{agreement}__ends_on__gte": F("sold_on"),
        }
    )
    rows = summed(facts.filter(within), f"{agreement}__cooperative", f"{agreement}__cooperative__name")
    return with_shares([sums_of(row[f"{agreement}__cooperative__name"], row) for row in rows])


@dataclass(frozen=True)
class Bar:
    """One week of a drawing, in its units."""

    week: date
    sums: Sums
    x: int
    y: int
    width: int
    height: int


def by_week(facts: QuerySet[SaleFact], asked: Asked) -> list[Bar]:
    """Every week of the days, also those without sales, as bars."""
    rows = {row["week"]: sums_of("", row) for row in summed(facts, "week")}
    first, last = week_of(asked.since), week_of(asked.until)
    weeks = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)][-MOST_WEEKS:]
    most = max((sums.net_fen for sums in rows.values()), default=0) or 1
    step = WIDE // max(1, len(weeks))
    return [bar(number, week, rows.get(week) or Sums("", 0, 0, 0, 0), most, step) for number, week in enumerate(weeks)]


def bar(number: int, week: date, sums: Sums, most: int, step: int) -> Bar:
    height = max(0, TALL * sums.net_fen // most)
    return Bar(week, sums, number * step, TALL - height, max(1, step - step // 5), height)


def by_goods(facts: QuerySet[SaleFact]) -> QuerySet:
    """Facts by account, code and title, the largest first: for lists to work off."""
    return (
        facts.order_by()
        .values("account", "account__name", "account__channel", "code", "title")
        .annotate(
            lines=Count("pk"), kept=Coalesce(Sum("grams_kept"), 0), net_sum=Sum(F("gross_fen") - F("refunded_fen"))
        )
        .order_by("-net_sum", "account", "code", "title")
    )
