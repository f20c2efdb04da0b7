"""What a snapshot holds, added up from sale facts and members as they stand. Method v1 (docs/impact.md)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, Substr

from incubator.agreements.models import Agreement
from incubator.households.counting import linked
from incubator.matching.models import Fair
from incubator.members.models import Cooperative, EcommercePartner
from incubator.sales.models import SaleFact, SaleFactQuerySet
from marketplace.accounts import roles
from marketplace.core import areas

from .differencing import TABLES, Beside, beside, related, shown_households
from .suppression import LEAST, shown

METHOD = "v1"
COUNTY_DIGITS = 6


def facts_behind(area: str, since: date, until: date, at: datetime) -> SaleFactQuerySet:
    """The sale facts a snapshot adds up: of accounts in the place, paid in these days, as on record at that moment."""
    facts = SaleFact.objects.as_of(at).counted().filter(roles.within((roles.stem(area),), "account__area"))
    return facts.filter(sold_on__gte=since, sold_on__lte=until).annotate(
        place=Substr("account__area", 1, COUNTY_DIGITS)
    )


def compute(area: str, since: date, until: date, at: datetime) -> dict[str, Any]:
    """Everything that is published of a place; what is too small is not in it, nor what is so beside a released one. Raises
    GivesAway where that cannot be."""
    facts = facts_behind(area, since, until, at)
    released = [
        (each, facts_behind(each.area, each.since, each.until, each.taken_at)) for each in related(area, since, until)
    ]
    shared = beside(area, facts, released)
    whole = facts.sums()
    within = roles.within((roles.stem(area),))
    return {
        "orders": shown(whole["orders"]),
        "grams": whole["grams"] if shown(whole["orders"]) else None,
        "gross_fen": whole["gross"] if shown(whole["orders"]) else None,
        "refunded_fen": whole["refunded"] if shown(whole["orders"]) else None,
        "channels": cells(facts, "channels", shared),
        "evidence": cells(facts, "evidence", shared),
        "counties": counties(area, cells(facts, "counties", shared)),
        "cooperatives": Cooperative.objects.filter(within).active().count(),
        "partners": EcommercePartner.objects.filter(within).active().count(),
        "fairs": fairs(within, until),
        "agreements": Agreement.objects.binding()
        .filter(roles.within((roles.stem(area),), "cooperative__area"), signed_on__lte=until)
        .count(),
        "households": shown_households(area, shown(linked(area, until))),
        "least": LEAST,
    }


def cells(facts: SaleFactQuerySet, table: str, shared: Beside) -> list[dict[str, Any]]:
    """Orders, weight and money of one table; rows that are too small, or could be worked out, hold None."""
    by = TABLES[table]
    rows = list(
        facts.order_by()
        .values(by)
        .annotate(
            orders=Sum("is_first"),
            kept=Coalesce(Sum("grams_kept"), 0),
            net=Coalesce(Sum("gross_fen"), 0) - Coalesce(Sum("refunded_fen"), 0),
            lines=Count("pk"),
        )
        .order_by(by)
    )
    secret = shared.hidden(table, {str(row[by]): row["orders"] or 1 for row in rows})
    return [cell(str(row[by]), row, str(row[by]) in secret) for row in rows]


def cell(key: str, row: dict[str, Any], is_hidden: bool) -> dict[str, Any]:
    """One published row."""
    values = {"orders": row["orders"], "grams": row["kept"], "net_fen": row["net"]}
    return {"key": key} | (dict.fromkeys(values) if is_hidden else values)


def counties(area: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every county of the place, also those without sales."""
    known = {each["key"]: each for each in found}
    here = areas.get(area)
    codes = [each.code for each in areas.children(area)] if here.level < areas.Level.COUNTY else [here.code]
    nothing = {"orders": 0, "grams": 0, "net_fen": 0}
    return [known.get(code) or {"key": code} | nothing for code in codes]


def fairs(within: Q, until: date) -> list[dict[str, Any]]:
    """Fairs with an approved plan: how many products and partners, and how many of them had a meeting."""
    held = Fair.objects.filter(within, plan__isnull=False, plan__finished_at__date__lte=until).select_related("plan")
    return [
        {
            "products": fair.plan.products,
            "partners": fair.plan.partners,
            "products_covered": fair.plan.products_covered,
            "partners_covered": fair.plan.partners_covered,
        }
        for fair in held.order_by("held_on", "pk")
        if fair.plan is not None
    ]
