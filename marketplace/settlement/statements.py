"""A seller's statement: every entry of the ledger on her accounts in a period, between what she had before and after.

Nothing is computed that the ledger does not say: opening + lines = closing, for each of her accounts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from marketplace.core.money import to_yuan
from marketplace.partner.models import Partner

from .kinds import AccountKind, Label, PostingKind
from .models import Account, Entry
from .periods import Period

ACCOUNTS = (AccountKind.HELD, AccountKind.AVAILABLE, AccountKind.LEAVING, AccountKind.DEBT)
PAYOUT = re.compile(r"(?:^|:)payout(?:-sent)?:(\d+)$")


@dataclass(frozen=True)
class Line:
    """One entry, and what its account held after it. ``about`` is the order's or the payout's number."""

    number: int
    at: datetime
    fact: PostingKind
    label: Label
    account: AccountKind
    about: str
    fen: int
    after: int

    @property
    def amount(self):
        return to_yuan(self.fen)

    @property
    def balance(self):
        return to_yuan(self.after)

    @property
    def is_inside(self) -> bool:
        """True where money only moves between accounts of hers."""
        return self.label in {Label.RELEASE, Label.NETTED} or (self.label, self.fact) == (
            Label.PAYOUT,
            PostingKind.PAYOUT,
        )


@dataclass(frozen=True)
class Statement:
    """``opening`` is fen by account at the first moment of the period."""

    seller: Partner
    period: Period
    opening: dict[AccountKind, int]
    lines: tuple[Line, ...]

    @property
    def closing(self) -> dict[AccountKind, int]:
        return {kind: fen + sum(self.moved(kind)) for kind, fen in self.opening.items()}

    def moved(self, kind: AccountKind) -> Iterator[int]:
        return (line.fen for line in self.lines if line.account == kind)

    @property
    def balances(self) -> list[dict[str, Any]]:
        """For pages and papers: each account with what it held before and after, in yuan, and what she has in all."""
        ends = [(str(kind.label), fen, self.closing[kind]) for kind, fen in self.opening.items()]
        ends.append(("", sum(self.opening.values()), sum(self.closing.values())))
        return [{"name": name, "opening": to_yuan(before), "closing": to_yuan(after)} for name, before, after in ends]

    @property
    def totals(self) -> list[tuple[str, Any]]:
        """What came in and went out, in yuan by what it was for; they lead from the opening sum to the closing one."""
        sums: dict[Label, int] = {}
        for line in self.lines:
            sums[line.label] = sums.get(line.label, 0) + line.fen
        return [(str(label.label), to_yuan(sums[label])) for label in Label if sums.get(label)]


def statement(seller: Partner, period: Period) -> Statement:
    """The seller's statement for these days."""
    accounts = {row.pk: row for row in accounts_at(seller, period)}
    opening = opening_of(accounts.values())
    entries = Entry.objects.filter(account__in=accounts, at__gte=period.begins, at__lt=period.ends)
    mine = entries.order_by("at", "id")
    rows = mine.values(
        "id", "at", "account", "fen", "label", kind=F("posting__kind"), cause=F("posting__cause"), of=F("order__number")
    )
    return Statement(seller, period, opening, tuple(lines_of(rows, accounts, dict(opening))))


def accounts_at(seller: Partner, period: Period):
    """Her accounts with ``before``: what is kept now less everything since. Quick for the days people ask about, however long her
    history is; and one statement, so that what is posted meanwhile is in both numbers or in none.
    """
    later = Entry.objects.filter(account=OuterRef("pk"), at__gte=period.begins).order_by().values("account")
    since = Subquery(later.annotate(sum=Sum("fen")).values("sum"), output_field=BigIntegerField())
    return Account.objects.filter(seller=seller).annotate(before=F("fen") - Coalesce(since, 0))


def opening_of(accounts: Iterable[Any]) -> dict[AccountKind, int]:
    """What she had before, on each of the accounts a statement shows."""
    kept = {AccountKind(row.kind): row.before for row in accounts}
    return {kind: kept.get(kind, 0) for kind in ACCOUNTS}


def lines_of(rows: Iterable[Any], accounts: dict[int, Account], running: dict[AccountKind, int]) -> Iterator[Line]:
    for row in rows:
        kind = AccountKind(accounts[row["account"]].kind)
        running[kind] += row["fen"]
        yield Line(
            number=row["id"],
            at=row["at"],
            fact=PostingKind(row["kind"]),
            label=Label(row["label"]),
            account=kind,
            about=row["of"] or payout_number(row["cause"]),
            fen=row["fen"],
            after=running[kind],
        )


def payout_number(cause: str) -> str:
    """The number of the payout a posting is about, as sellers know it; empty for other causes."""
    found = PAYOUT.search(cause)
    return f"D{int(found[1]):08}" if found else ""
