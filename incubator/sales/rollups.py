"""Keeps the sums of days, weeks and goods equal to the facts: in the transaction that writes facts, and when agreements change.

They can be thrown away and made again from the facts (``rebuild``), and compared with them (``differences``); the command
`sales_sums` does both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Case, Count, F, Max, Q, Sum, Value, When

from .bulk import add_up, insert
from .models import AccountDay, AccountWeek, ChannelAccount, GoodQuarter, GoodWeek, SaleFact, quarter_of, week_of

SUMS = ("lines", "orders", "kept", "grams", "gross_fen", "refunded_fen", "weights_unknown", "refunds_unknown")
GOOD = ("account_id", "code", "title", "product", "agreement")
KEYS: dict[type[models.Model], tuple[str, ...]] = {
    AccountDay: ("day", "account_id", "agreement"),
    AccountWeek: ("week", "account_id", "agreement"),
    GoodWeek: ("week", *GOOD),
    GoodQuarter: ("quarter", *GOOD),
}
"""What each kind of sums is kept by."""
GOODS = (GoodWeek, GoodQuarter)
OF = ("account_id", "sold_on", "code", "title", "product_id")

Key = tuple[Any, ...]


class Attribution:
    """Which agreement a sale counts for, looked up once for some accounts."""

    def __init__(self, accounts: Iterable[int]):
        from incubator.agreements.fulfilment import counting

        self.periods: dict[tuple[int, str], list[tuple[date, date, int]]] = defaultdict(list)
        for account, code, begins, ends, number in counting(set(accounts)):
            self.periods[account, code].append((begins, ends, number))

    def of(self, account: int, code: str, day: date) -> int:
        """The agreement's number, or 0."""
        periods = self.periods.get((account, code), ())
        return next((number for begins, ends, number in periods if begins <= day <= ends), 0)


class Tables:
    """Sums of every kind as plain numbers, in the order of SUMS, and a title each good was sold under."""

    def __init__(self, accounts: Iterable[int]):
        self.attribution = Attribution(accounts)
        nothing = [0] * len(SUMS)
        self.totals: dict[type[models.Model], dict[Key, list[int]]] = {
            model: defaultdict(nothing.copy) for model in KEYS
        }
        self.labels: dict[Key, str] = {}
        """By kind of sums and key."""

    def put(self, of: Key, figures: Sequence[int]) -> None:
        """Add figures of one account, day and good to all."""
        account, day, code, title, product = of
        agreement = self.attribution.of(account, code, day) if code else 0
        good = (account, code, "" if code else title, product or 0, agreement)
        self.add(AccountDay, (day, account, agreement), figures)
        self.add(AccountWeek, (week_of(day), account, agreement), figures)
        for model, begins in ((GoodWeek, week_of(day)), (GoodQuarter, quarter_of(day))):
            self.add(model, (begins, *good), figures)
            self.labels[model, begins, *good] = title

    def add(self, model: type[models.Model], key: Key, figures: Sequence[int]) -> None:
        total = self.totals[model][key]
        for place, figure in enumerate(figures):
            total[place] += figure

    def rows(self, model: type[models.Model]) -> list[dict[str, Any]]:
        """What to write of one kind."""
        rows = rows_of(self.totals[model], KEYS[model])
        if model is AccountDay:
            return [row | {"week": week_of(row["day"])} for row in rows]
        if model in GOODS:
            return [row | {"label": self.labels[model, *(row[name] for name in KEYS[model])]} for row in rows]
        return rows


def rows_of(totals: Mapping[Key, list[int]], key: Sequence[str]) -> list[dict[str, Any]]:
    """Sums as rows, in the order of their keys so that two writers never wait for each other; noughts are left out."""
    columns = (*key, *SUMS)
    changed = sorted(values for values in totals if any(totals[values]))
    return [dict(zip(columns, (*values, *totals[values]), strict=True)) for values in changed]


def follow(gone: Sequence[Mapping[str, Any]], come: Sequence[Mapping[str, Any]]) -> None:
    """Take facts out of the sums and put others in; for the transaction that closes and writes them."""
    moved = [(fact, sign) for sign, facts in ((-1, gone), (1, come)) for fact in facts if not fact["is_double"]]
    if not moved:
        return
    tables = Tables(fact["account_id"] for fact, _sign in moved)
    for fact, sign in moved:
        tables.put(tuple(fact[name] for name in OF), [sign * figure for figure in figures_of(fact)])
    for model, key in KEYS.items():
        add_up(model, tables.rows(model), key, SUMS, replaced=("label",) if model in GOODS else ())


def figures_of(fact: Mapping[str, Any]) -> tuple[int, ...]:
    """What one fact adds, in the order of SUMS."""
    gone = fact["refunded_fen"] >= fact["gross_fen"]
    return (
        1,
        fact["is_first"],
        int(not gone),
        fact["grams_kept"] or 0,
        fact["gross_fen"],
        fact["refunded_fen"],
        int(fact["grams"] is None),
        int(fact["is_refund_unknown"]),
    )


def wanted(accounts: Iterable[int]) -> Iterator[tuple[int, Tables]]:
    """What the sums of these accounts should be, one after the other: no statement and no list holds all facts."""
    for account in accounts:
        tables = Tables([account])
        for day, code, _called, product, title, *figures in added(account):
            tables.put((account, day, code, title, product), figures)
        yield account, tables


def added(account: int) -> Iterator[tuple]:
    """Current facts added up by day and good: day, code, title where there is no code, product, a title, figures."""
    counted = SaleFact.objects.current().counted().filter(account=account).order_by()
    rows = (
        counted.annotate(called=Case(When(code="", then=F("title")), default=Value("")))
        .values_list("sold_on", "code", "called", "product")
        .annotate(
            some_title=Max("title"),
            n=Count("pk"),
            firsts=Sum("is_first"),
            left=Count("pk", filter=Q(refunded_fen__lt=F("gross_fen"))),
            weight=Sum("grams_kept", default=0),
            gross=Sum("gross_fen"),
            back=Sum("refunded_fen"),
            unweighed=Count("pk", filter=Q(grams=None)),
            unsaid=Count("pk", filter=Q(is_refund_unknown=True)),
        )
    )
    return rows.iterator(chunk_size=5000)


def all_accounts(**of: Any) -> list[int]:
    """Locked, in the order of their numbers, until the transaction ends: whoever writes facts of them waits."""
    accounts = ChannelAccount.objects.filter(**of).select_for_update().order_by("pk")
    return list(accounts.values_list("pk", flat=True))


@transaction.atomic
def rebuild() -> int:
    """Make all sums again from the facts; returns how many there are. Imports wait meanwhile."""
    accounts = all_accounts()
    for model in KEYS:
        model._default_manager.all().delete()
    return make(accounts)


def mend() -> int:
    """Make the sums of those accounts again that differ from the facts; returns how many there are. Only their imports wait."""
    accounts = ChannelAccount.objects.order_by("pk").values_list("pk", flat=True)
    unlike_facts = [account for account, tables in wanted(accounts) if any(unlike(account, tables))]
    for account in unlike_facts:
        attribute_anew([account])
    return len(unlike_facts)


@transaction.atomic
def attribute_anew(accounts: Iterable[int]) -> None:
    """What these accounts sold counts for other agreements from now on: make their sums again."""
    chosen = all_accounts(pk__in=set(accounts))
    for model in KEYS:
        model._default_manager.filter(account__in=chosen).delete()
    make(chosen)


def make(accounts: Iterable[int]) -> int:
    """Add the facts of these accounts up; returns how many sums that makes."""
    made = 0
    for _account, tables in wanted(accounts):
        for model in KEYS:
            rows = tables.rows(model)
            insert(model, rows)
            made += len(rows)
    return made


def differences() -> Iterator[str]:
    """Every sum that is not what the facts say, in words."""
    for account, tables in wanted(ChannelAccount.objects.order_by("pk").values_list("pk", flat=True)):
        yield from unlike(account, tables)


def unlike(account: int, tables: Tables) -> Iterator[str]:
    """Where the sums of one account differ from what they should be."""
    nothing = [0] * len(SUMS)
    for model, key in KEYS.items():
        totals = tables.totals[model]
        rows = model._default_manager.filter(account=account).values_list(*key, *SUMS)
        held = {row[: len(key)]: list(row[len(key) :]) for row in rows}
        for values in sorted(held.keys() | totals.keys()):
            kept, true = held.get(values, nothing), totals.get(values, nothing)
            if kept != true:
                yield f"{model.__name__} {', '.join(map(str, values))}: {kept}, facts say {true}"
