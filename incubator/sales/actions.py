"""What is done with sales: files taken in, tried and taken back."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction
from django.db.models import Case, Max, Q, When
from django.db.models.functions import Coalesce

from marketplace.core import audit
from marketplace.core.states import IllegalMove

from . import ledger
from .intake import MOST_ERRORS_KEPT, Intake, Outcome
from .models import ChannelAccount, ImportState, SalesImport, SourceRow
from .reading.reader import read
from .reading.refusals import UnreadableFile

Progress = Callable[[str, int], None]
READ_BYTES = 1024 * 1024


def unheard(_step: str, _done: int) -> None:
    """For callers who do not want to know how far we are."""


@transaction.atomic
def account_called(*, channel: str, name: str, by) -> ChannelAccount:
    """The account of this name on this channel, made if it is new."""
    account, made = ChannelAccount.objects.get_or_create(channel=channel, name=name)
    if made:
        audit.record("sales_account.made", of=account, by=by, channel=channel)
    return account


def account_to_try(*, channel: str, name: str) -> ChannelAccount:
    """The account of this name for a dry run; one that does not exist has no rows, and none is made."""
    known = ChannelAccount.objects.filter(channel=channel, name=name).first()
    return known or ChannelAccount(pk=0, channel=channel, name=name)


def import_files(
    *, account: ChannelAccount, files: Sequence[tuple[str, BinaryIO]], by, at, progress: Progress = unheard
) -> list[Outcome]:
    """Take files in, one after the other, and count what they hold. One that cannot be read says so and stops no other.

    Safe to repeat: the same rows again change nothing, whatever the order of the files.
    """
    intake = Intake(account)
    outcomes = [import_file(intake, name, file, by, at, progress) for name, file in files]
    intake.count_waiting(outcomes)
    return outcomes


def import_file(intake: Intake, name: str, file: BinaryIO, by, at, progress: Progress) -> Outcome:
    """One file into rows, and the facts after them."""
    account, outcome = intake.account, Outcome(PurePath(name).name)
    try:
        digest = digest_of(file)
        reads = read(file, account.channel, account.habits)
        outcome.run = begin(account, outcome.name, digest, by, at)
        with failing_cleanly(outcome.run, by, at):
            for done in intake.take(reads, outcome, outcome.run):
                progress("read", done)
        finish(outcome.run, outcome, by, at)
    except UnreadableFile as failure:
        return Outcome(outcome.name, failure=failure)
    ledger.settle(account, run=outcome.run, at=at, progress=lambda done: progress("count", done))
    return outcome


def begin(account: ChannelAccount, name: str, digest: str, by, at) -> SalesImport:
    """The record of an import that has begun."""
    return SalesImport.objects.create(account=account, file_name=name[:200], digest=digest, by=by, started_at=at)


def digest_of(file: BinaryIO) -> str:
    """What tells one file from another; the file is left at its beginning."""
    seen = hashlib.sha256()
    while part := file.read(READ_BYTES):
        seen.update(part)
    file.seek(0)
    return seen.hexdigest()


@contextmanager
def failing_cleanly(run: SalesImport, by, at) -> Iterator[None]:
    """Whatever stops an import half-way leaves none of its rows in force."""
    try:
        yield
    except Exception:
        take_out_of_force(run)
        run.state, run.finished_at = ImportState.FAILED, at
        run.save(update_fields=["state", "finished_at"])
        ledger.settle(run.account, run=run, at=at)
        audit.record("sales_import.failed", of=run, by=by)
        raise


@transaction.atomic
def finish(run: SalesImport, outcome: Outcome, by, at) -> None:
    """Write down what became of the rows."""
    run.new, run.updated = outcome.new, outcome.updated
    run.unchanged, run.refused = outcome.unchanged, outcome.refused
    run.elsewhere = outcome.elsewhere
    run.errors = outcome.errors[:MOST_ERRORS_KEPT]
    run.state, run.finished_at = ImportState.DONE, at
    run.save()
    audit.record("sales_import.done", of=run, by=by, new=run.new, updated=run.updated, refused=run.refused)


def try_files(
    *, account: ChannelAccount, files: Sequence[tuple[str, BinaryIO]], progress: Progress = unheard
) -> list[Outcome]:
    """A dry run: what ``import_files`` would say of these files, and nothing written."""
    intake = Intake(account, overlay={})
    outcomes = [try_file(intake, name, file, progress) for name, file in files]
    intake.count_waiting(outcomes)
    return outcomes


def try_file(intake: Intake, name: str, file: BinaryIO, progress: Progress) -> Outcome:
    """One file of a dry run."""
    outcome = Outcome(PurePath(name).name)
    try:
        reads = read(file, intake.account.channel, intake.account.habits)
        for done in intake.take(reads, outcome, None):
            progress("read", done)
    except UnreadableFile as failure:
        return Outcome(outcome.name, failure=failure)
    return outcome


def undo_import(*, run: SalesImport, by, at, progress: Progress = unheard) -> SalesImport:
    """Take an import back: what only it said counts no more. Importing the file again brings it back.

    Raises IllegalMove for one that is not done. Calling again after an interruption completes it.
    """
    with transaction.atomic():
        run = SalesImport.objects.select_for_update().select_related("account").get(pk=run.pk)
        if run.state not in {ImportState.DONE, ImportState.UNDONE}:
            raise IllegalMove("undo", run.state)
        if run.state == ImportState.DONE:
            run.state, run.undone_at = ImportState.UNDONE, at
            run.save(update_fields=["state", "undone_at"])
            audit.record("sales_import.undone", of=run, by=by)
    take_out_of_force(run)
    ledger.settle(run.account, run=run, at=at, progress=lambda done: progress("count", done))
    return run


def take_out_of_force(run: SalesImport) -> None:
    """Judge anew every order the import spoke of, as if it had never come."""
    held = SourceRow.objects.filter(Q(run=run) | Q(sightings__run=run)).order_by("id")
    numbers = list(dict.fromkeys(held.values_list("order_number", flat=True)))
    for start in range(0, len(numbers), ledger.SLICE):
        weigh_again(run.account, numbers[start : start + ledger.SLICE], without=run)


@transaction.atomic
def weigh_again(account: ChannelAccount, numbers: Sequence[str], *, without: SalesImport) -> None:
    """Set the marks of all rows of these orders by the imports that hold them now."""
    ChannelAccount.objects.select_for_update().get(pk=account.pk)
    changed = [row for same in held_rows(account, numbers, without).values() for row in marked_anew(same)]
    rows = SourceRow.objects
    rows.filter(pk__in=[row.pk for row in changed]).update(is_current=False, is_pending=True)
    rows.filter(pk__in=[row.pk for row in changed if not row.is_live]).update(is_live=False)
    rows.filter(pk__in=[row.pk for row in changed if row.is_current]).update(is_current=True)


def held_rows(account: ChannelAccount, numbers: Sequence[str], without: SalesImport) -> dict[tuple, list[SourceRow]]:
    """The rows of these orders by key, each with ``last_run``: the last import in force that held it, or 0."""
    in_force = SalesImport.objects.filter(state__in=[ImportState.DONE, ImportState.RUNNING]).exclude(pk=without.pk)
    seen_again = Coalesce(Max("sightings__run", filter=Q(sightings__run__in=in_force)), 0)
    first = Case(When(run__in=in_force, then="run_id"), default=0)
    rows = SourceRow.objects.filter(account=account, order_number__in=numbers).order_by("id")
    by_key: dict[tuple, list[SourceRow]] = defaultdict(list)
    for row in rows.annotate(seen_again=seen_again, seen_first=first):
        row.last_run = max(row.seen_again, row.seen_first)
        by_key[row.kind, row.order_number, row.line_key].append(row)
    return by_key


def marked_anew(same: Sequence[SourceRow]) -> list[SourceRow]:
    """Rows of one key whose marks change; of the live ones the furthest is current, of equals the one seen last."""
    live = [row for row in same if row.last_run]
    current = max(live, key=lambda row: (row.progress, row.last_run), default=None)
    changed = []
    for row in same:
        marks = bool(row.last_run), row is current
        if marks != (row.is_live, row.is_current):
            row.is_live, row.is_current = marks
            changed.append(row)
    return changed
