"""The one door to the ledger. Everything that moves money ends in ``post``.

Accounts are locked last and in key order, so transactions that post once never wait for each other in a circle.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, models, transaction
from django.db.models import Case, F, Sum, When

from .kinds import AccountKind, Label, PostingKind
from .models import Account, Entry, Posting
from .plans import Holder, Leg, Plan, changes


class TooLittle(Exception):
    """An account would pay out what it does not have. Nothing was posted; the caller's transaction must roll back."""


@transaction.atomic
def post(plans: Iterable[Plan]) -> list[Posting]:
    """Write down each plan whose cause is not there yet; returns the postings that are new.

    Plans without legs are skipped. Raises TooLittle where a seller's account would fall below zero.
    """
    wanted = {plan.cause: plan for plan in plans if plan.legs}
    accounts = locked_accounts(changes(wanted.values()))
    there = set(Posting.objects.filter(cause__in=wanted).values_list("cause", flat=True))
    new = [plan for cause, plan in wanted.items() if cause not in there]
    if not new:
        return []
    write_balances(accounts, changes(new))
    return write(new, accounts)


def locked_accounts(holders: Iterable[Holder]) -> dict[Holder, Account]:
    """The accounts, made where missing, locked in key order."""
    wanted = set(holders)
    # Made before anything is locked: who waits for another's new row must not hold a row the other waits for.
    make(wanted - {account.holder for account in rows_of(wanted)})
    return {row.holder: row for row in rows_of(wanted).order_by("pk").select_for_update(no_key=True)}


def make(missing: set[Holder]) -> None:
    """Accounts that were never used before, always in the same order."""
    if missing:
        Account.objects.bulk_create(
            [
                Account(kind=holder.kind, seller_id=holder.seller, place=holder.place)
                for holder in sorted(missing, key=str)
            ],
            ignore_conflicts=True,
        )


def rows_of(holders: set[Holder]):
    """Those of the accounts that exist."""
    condition = models.Q(pk__in=[])
    for holder in holders:
        condition |= models.Q(kind=holder.kind, seller=holder.seller, place=holder.place)
    return Account.objects.filter(condition)


def write_balances(accounts: dict[Holder, Account], by_holder: dict[Holder, int]) -> None:
    """One UPDATE for all balances; the database's own checks stand behind this one."""
    moving = {accounts[holder]: fen for holder, fen in by_holder.items() if fen}
    for account, fen in moving.items():
        refuse_overdraft(account, account.fen + fen)
    whens = [When(pk=account.pk, then=F("fen") + fen) for account, fen in moving.items()]
    if whens:
        moved = Case(*whens, default=F("fen"), output_field=models.BigIntegerField())
        Account.objects.filter(pk__in=[account.pk for account in moving]).update(fen=moved)


def refuse_overdraft(account: Account, after: int) -> None:
    if account.is_never_below_zero and after < 0:
        raise TooLittle(f"{account} would hold {after} fen")


def write(plans: Sequence[Plan], accounts: dict[Holder, Account]) -> list[Posting]:
    """Entries first, then the postings that seal them: the database adds up the entries when the seal is set."""
    postings = [
        Posting(pk=pk, cause=plan.cause, kind=plan.kind, at=plan.at, reverses_id=plan.reverses)
        for pk, plan in zip(next_numbers(len(plans)), plans, strict=True)
    ]
    Entry.objects.bulk_create(
        entry_row(posting, plan, leg, accounts[leg.holder])
        for posting, plan in zip(postings, plans, strict=True)
        for leg in plan.legs
    )
    return Posting.objects.bulk_create(postings)


def entry_row(posting: Posting, plan: Plan, leg: Leg, account: Account) -> Entry:
    return Entry(posting=posting, account=account, fen=leg.fen, label=leg.label, order_id=leg.order, at=plan.at)


def next_numbers(count: int) -> list[int]:
    """Keys for postings that are about to be written. SQLite has one writer at a time; PostgreSQL has a sequence."""
    if connection.vendor == "sqlite":
        last = Posting.objects.aggregate(last=models.Max("pk"))["last"] or 0
        return list(range(last + 1, last + 1 + count))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Posting._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def reversal(posting: Posting, *, at) -> Plan:
    """A plan that undoes a posting to the fen."""
    entries = posting.entries.select_related("account").order_by("pk")
    legs = tuple(Leg(entry.account.holder, -entry.fen, Label(entry.label), entry.order_id) for entry in entries)
    return Plan(f"reversal:{posting.cause}", PostingKind.REVERSAL, at, legs, reverses=posting.pk)


def balance(kind: AccountKind, seller: int | None = None, place: str = "") -> int:
    """What an account holds, in fen; 0 for one that was never used. One row, whatever the number of entries."""
    return Account.objects.filter(kind=kind, seller=seller, place=place).values_list("fen", flat=True).first() or 0


def recomputed() -> dict[int, int]:
    """What each account holds by its entries alone, in fen by account id."""
    return dict(Entry.objects.order_by().values_list("account").annotate(fen=Sum("fen")))


@transaction.atomic
def repair_balances() -> list[Account]:
    """Set kept balances to what the entries say; returns the accounts that were wrong."""
    accounts = list(Account.objects.order_by("pk").select_for_update(no_key=True))
    true = recomputed()
    wrong = [account for account in accounts if account.fen != true.get(account.pk, 0)]
    for account in wrong:
        account.fen = true.get(account.pk, 0)
    Account.objects.bulk_update(wrong, ["fen"])
    return wrong
