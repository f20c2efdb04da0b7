"""What was really sold under agreements, from sale facts: each fact counts for at most one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum

from incubator.sales.models import AccountDay, SaleFactQuerySet

from .models import Agreement, AgreementGood
from .states import BINDING


@dataclass(frozen=True)
class Fulfilment:
    """How an agreement stands on a day. Weights in grams, money in fen; ``first_on`` None: nothing sold yet;
    ``unknown`` lines have no known weight."""

    agreement: Agreement
    first_on: date | None
    grams: int
    grams_90: int
    gross_fen: int
    refunded_fen: int
    unknown: int

    @property
    def percent(self) -> int:
        """Delivered of the agreed volume, whole percent, rounded down."""
        return self.grams // 10 // self.agreement.volume_kg

    @property
    def percent_90(self) -> int:
        """The same of its first 90 days."""
        return self.grams_90 // 10 // self.agreement.volume_kg

    def is_first_order_late(self, today: date) -> bool:
        """True if 30 days went by without one."""
        due = self.agreement.first_order_due
        return due is not None and (self.first_on or today) > due

    @property
    def net_fen(self) -> int:
        return self.gross_fen - self.refunded_fen


def goods_of_facts() -> QuerySet[AgreementGood]:
    """For a fact in an outer query: the goods of binding agreements it counts for."""
    return AgreementGood.objects.filter(
        account=OuterRef("account"),
        code=OuterRef("code"),
        agreement__state__in=BINDING,
        agreement__begins_on__lte=OuterRef("sold_on"),
        agreement__ends_on__gte=OuterRef("sold_on"),
    )


def counting(accounts: Iterable[int]) -> list[tuple[int, str, date, date, int]]:
    """Which codes of these accounts count for a binding agreement: account, code, first and last day, the agreement."""
    goods = AgreementGood.objects.filter(account__in=accounts, agreement__state__in=BINDING).order_by("agreement", "pk")
    return list(goods.values_list("account", "code", "agreement__begins_on", "agreement__ends_on", "agreement"))


def attributed(facts: SaleFactQuerySet) -> SaleFactQuerySet:
    """Facts that count for an agreement."""
    return facts.filter(Exists(goods_of_facts()))


def unattributed(facts: SaleFactQuerySet) -> SaleFactQuerySet:
    """Facts that count for none: for staff to work off."""
    return facts.filter(~Exists(goods_of_facts()))


def fulfilment(agreements: list[Agreement]) -> dict[int, Fulfilment]:
    """How each of these stands; one query of the sums by day, however many there are and however much they sold."""
    numbers = [each.pk for each in agreements if each.is_binding]
    rows = (
        AccountDay.objects.filter(agreement__in=numbers, lines__gt=0)
        .values("agreement", "day")
        .annotate(
            kept=Sum("grams"), gross=Sum("gross_fen"), refunded=Sum("refunded_fen"), unknown=Sum("weights_unknown")
        )
    )
    by_agreement: dict[int, list[Any]] = {each.pk: [] for each in agreements}
    for row in rows:
        by_agreement[row["agreement"]].append(row)
    return {each.pk: added_up(each, by_agreement[each.pk]) for each in agreements}


def added_up(agreement: Agreement, days: list[dict]) -> Fulfilment:
    """The days of one agreement in a row."""
    until = agreement.measured_until
    return Fulfilment(
        agreement=agreement,
        first_on=min((day["day"] for day in days), default=None),
        grams=sum(day["kept"] for day in days),
        grams_90=sum(day["kept"] for day in days if until and day["day"] <= until),
        gross_fen=sum(day["gross"] for day in days),
        refunded_fen=sum(day["refunded"] for day in days),
        unknown=sum(day["unknown"] for day in days),
    )
