"""Keeps the sale facts true to the rows in force: what changed gets a new version, what is gone is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from marketplace.core import stamps

from . import rollups, weights
from .bulk import has_grown, insert
from .counting import Sold, is_refunded_in_full, lines_of
from .goods import Good, Goods
from .models import ChannelAccount, SaleFact, SalesImport, SourceRow, week_of
from .reading.readings import Reading
from .states import EVIDENCE, SalesChannel

SLICE = 500
"""Orders counted in one transaction."""
KEY = ("account_id", "order_number", "line_key")
FIGURES = (
    "state", "sold_on", "title", "code", "pack", "unit", "quantity", "grams", "grams_kept", "gross_fen", "refunded_fen",
    "is_refund_unknown", "is_first", "is_double", "evidence", "seller_id", "product_id", "county", "lot",
)  # fmt: skip
"""What makes a fact differ from the version before it."""

Key = tuple[int, str, str]
Facts = dict[Key, dict[str, Any]]
"""Facts as plain columns: a hundred thousand of them are compared and written in one import."""


def settle(
    account: ChannelAccount,
    *,
    run: SalesImport | None,
    at: datetime,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Count every order that has rows the facts do not follow yet, slice by slice; returns how many orders."""
    done = 0
    for slices, numbers in enumerate(pending_orders(account), start=1):
        recount(account, numbers, run=run, at=at)
        has_grown(slices, SourceRow, SaleFact, *rollups.KEYS)
        done += len(numbers)
        progress(done)
    return done


def pending_orders(account: ChannelAccount) -> Iterator[list[str]]:
    """Numbers of orders to count, a slice at a time, until none is left."""
    pending = SourceRow.objects.filter(account=account, is_pending=True).order_by("id")
    while numbers := list(dict.fromkeys(pending.values_list("order_number", flat=True)[: 2 * SLICE]))[:SLICE]:
        yield numbers


@transaction.atomic
def recount(account: ChannelAccount, numbers: Sequence[str], *, run: SalesImport | None, at: datetime) -> None:
    """Bring the facts of these orders up to date. The account's lock keeps two counts of one order apart."""
    ChannelAccount.objects.select_for_update().get(pk=account.pk)
    rows = SourceRow.objects.of_orders(account, numbers)
    write(account, numbers, facts_of(rows.in_force()), run=run, at=at)
    rows.filter(is_pending=True).update(is_pending=False)


def facts_of(rows) -> Facts:
    """What the rows in force amount to. Of several accounts that have one order the first made counts it."""
    lines = lines_by_order(rows)
    first = {number: account for account, number in sorted(lines, reverse=True) if lines[account, number]}
    goods = goods_of(lines)
    facts: Facts = {}
    for (account, number), sold in lines.items():
        for fact in order_facts(goods[account], number, sold, is_double=first.get(number) != account):
            facts[key_of(fact)] = fact
    return facts


def lines_by_order(rows) -> dict[tuple[int, str], list[Sold]]:
    """The lines sold in each order of each account."""
    orders: dict[tuple[int, str], list[Reading]] = defaultdict(list)
    columns = rows.order_by("position", "id").values_list("account_id", "kind", "order_number", "line_key", "values")
    for account, kind, number, line, values in columns:
        orders[account, number].append(Reading(kind, number, line, **values))
    return {order: lines_of(readings) for order, readings in orders.items()}


def goods_of(lines: Mapping[tuple[int, str], Sequence[Sold]]) -> dict[int, tuple[ChannelAccount, Goods]]:
    """Each account that appears, with what its lines speak of."""
    by_account: dict[int, list[Sold]] = defaultdict(list)
    for (account, _number), sold in lines.items():
        by_account[account].extend(sold)
    accounts = ChannelAccount.objects.in_bulk(by_account)
    return {key: (accounts[key], Goods(accounts[key], sold)) for key, sold in by_account.items()}


def order_facts(
    of: tuple[ChannelAccount, Goods], number: str, lines: Sequence[Sold], *, is_double: bool
) -> Iterator[dict[str, Any]]:
    """The facts of one order of one account."""
    account, goods = of
    gone = is_refunded_in_full(lines)
    for place, line in enumerate(lines):
        fact = fact_of(account, number, line, goods.of(line), is_returned=gone)
        yield fact | {"is_first": int(place == 0), "is_double": is_double}


def fact_of(account: ChannelAccount, number: str, line: Sold, good: Good, *, is_returned: bool) -> dict[str, Any]:
    """One line as the columns of a fact."""
    sold_on = date.fromisoformat(line.sold_on)
    grams = weights.sold(line.quantity, line.unit, good.grams)
    return {
        "account_id": account.pk,
        "order_number": number,
        "line_key": line.line_key,
        "state": line.state,
        "sold_on": sold_on,
        "week": week_of(sold_on),
        "title": line.title[:255],
        "code": good.code[:80],
        "pack": line.pack[:120],
        "quantity": Decimal(line.quantity),
        "unit": line.unit,
        "grams": grams,
        "grams_kept": 0 if is_returned else grams,
        "gross_fen": line.gross_fen,
        "refunded_fen": line.refunded_fen,
        "is_refund_unknown": line.is_refund_unknown,
        "evidence": EVIDENCE[SalesChannel(account.channel)],
        "seller_id": account.seller_id,
        "product_id": good.product,
        "county": good.county or account.area,
        "lot": "",
    }


def write(
    account: ChannelAccount, numbers: Sequence[str], wanted: Facts, *, run: SalesImport | None, at: datetime
) -> None:
    """Close what is no longer so and add what is new. The caller holds the account's lock."""
    scope = {"account__channel": account.channel} if account.has_order_numbers else {"account": account}
    known = SaleFact.objects.filter(order_number__in=numbers, **scope)
    current = {key_of(fact): fact for fact in known.current().values("id", *KEY, *FIGURES)}
    stale = [fact for key, fact in current.items() if key not in wanted or differs(fact, wanted[key])]
    fresh = {key: fact for key, fact in wanted.items() if key not in current or differs(current[key], fact)}
    versions = last_versions(known) if fresh else {}
    SaleFact.objects.filter(pk__in=[fact["id"] for fact in stale]).update(superseded_at=at)
    recorded = {"recorded_by_id": run and run.pk, "recorded_at": at}
    if stale or fresh:
        stamps.touch(stamps.SALES)
    insert(SaleFact, [fact | recorded | {"version": versions.get(key, 0) + 1} for key, fact in fresh.items()])
    rollups.follow(stale, list(fresh.values()))


def key_of(fact: Mapping[str, Any]) -> Key:
    return fact["account_id"], fact["order_number"], fact["line_key"]


def differs(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True if anything that is counted or shown is not the same."""
    return any(one[name] != other[name] for name in FIGURES)


def last_versions(known) -> dict[Key, int]:
    """The highest version of each line so far."""
    return {tuple(key): last for *key, last in known.values_list(*KEY).annotate(last=Max("version"))}
