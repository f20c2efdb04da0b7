"""What was sold, added up by channel."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Count, Sum

from marketplace.core.money import KG_G, to_yuan

from .models import SaleFact


def totals(*, channel: str = "", account: str = "") -> dict[str, dict]:
    """Orders, lines, kg and yuan of each channel and of all: the form `sales_report` promises.

    Without an account an order that two accounts brought counts once; an account's own report holds all it brought.
    """
    facts = SaleFact.objects.current()
    facts = facts.filter(account__name=account) if account else facts.counted()
    if channel:
        facts = facts.filter(account__channel=channel)
    rows = facts.values("account__channel").annotate(
        orders=Sum("is_first"),
        lines=Count("pk"),
        grams=Sum("grams_kept", default=0),
        gross=Sum("gross_fen"),
        refunded=Sum("refunded_fen"),
    )
    found = {row.pop("account__channel"): row for row in rows.order_by("account__channel")}
    everything = {name: sum(row[name] for row in found.values()) for name in SUMS}
    return {name: in_words(row) for name, row in (found | {"all": everything}).items()}


SUMS = ("orders", "lines", "grams", "gross", "refunded")


def in_words(row: dict) -> dict:
    """Weights in kg and money in yuan, as text that is exact."""
    return {
        "orders": row["orders"],
        "lines": row["lines"],
        "kg": kg(row["grams"]),
        "gross": str(to_yuan(row["gross"])),
        "refunded": str(to_yuan(row["refunded"])),
        "net": str(to_yuan(row["gross"] - row["refunded"])),
    }


def kg(grams: int) -> str:
    """137500 → 137.5"""
    return f"{(Decimal(grams) / KG_G).normalize():f}"
