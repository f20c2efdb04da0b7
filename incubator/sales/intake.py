"""Takes rows in, slice by slice: which are new, which carry an order on, which say nothing new, which are refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from .bulk import has_grown, insert
from .models import ChannelAccount, SalesImport, Sighting, SourceRow
from .reading.reader import Read
from .reading.readings import ITEM, ORDER, digest, progress_of
from .reading.refusals import UnreadableFile, say

SLICE = 1000
"""Rows taken in one transaction."""
MOST_ERRORS_KEPT = 500

Key = tuple[str, str, str]
CONTENT = ("pk", "digest", "is_live", "is_current", "values")


@dataclass
class Outcome:
    """What became of a file's rows: ``read`` = new + updated + unchanged + refused. Of them ``waiting`` miss their
    other half; of the new ones ``elsewhere`` are of orders that another account of the channel brought already."""

    name: str
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    waiting: int = 0
    elsewhere: int = 0
    errors: list[dict] = field(default_factory=list)
    failure: UnreadableFile | None = None
    run: SalesImport | None = None
    halves: dict[str, Counter] = field(default_factory=lambda: {ORDER: Counter(), ITEM: Counter()})

    @property
    def read(self) -> int:
        return self.new + self.updated + self.unchanged + self.refused

    @property
    def explained(self) -> list[dict]:
        """Refused rows, or the file itself (row 0), with the reason in the reader's language."""
        if self.failure is not None:
            return [{"row": 0, "why": self.failure.for_people}]
        return [{"row": error["row"], "why": say(error["code"], error["params"])} for error in self.errors]

    def as_dict(self) -> dict:
        """The form the command promises."""
        counts = {name: getattr(self, name) for name in ("read", "new", "updated", "unchanged", "refused", "waiting")}
        return {"name": self.name} | counts | {"errors": self.explained}


class Entry:
    """A row that could be read, with what identifies it."""

    __slots__ = ("digest", "key", "reading", "row", "values")

    def __init__(self, read: Read):
        self.row, self.reading = read.row, read.reading
        self.key: Key = (read.reading.kind, read.reading.order_number, read.reading.line_key)
        self.values = read.reading.values()
        self.digest = digest(self.values)


@dataclass(slots=True)
class Slot:
    """All contents seen under one key: digest → id of its row, which digests are live, and which is current."""

    rows: dict[str, int] = field(default_factory=dict)
    live: set[str] = field(default_factory=set)
    current: str = ""
    progress: tuple[int, int] = (-1, -1)

    def remember(self, pk: int, digest: str, is_live: bool, is_current: bool, values: dict) -> None:
        """What the database knows of one row."""
        self.rows[digest] = pk
        if is_live:
            self.live.add(digest)
        if is_current:
            self.current, self.progress = digest, progress_of(values)

    def take(self, digest: str, progress: tuple[int, int]) -> str:
        """Let a row in and say whether it was new, updated something or changed nothing."""
        was_new = not self.live
        self.live.add(digest)
        if digest == self.current or (self.current and progress < self.progress):
            return "unchanged"
        self.current, self.progress = digest, progress
        return "new" if was_new else "updated"


class Intake:
    """Rows of files on their way into one account. Without an import (``run``) nothing is written: a dry run."""

    def __init__(self, account: ChannelAccount, overlay: dict[Key, Slot] | None = None):
        self.account = account
        self.overlay = overlay
        """What a dry run has seen so far, across its files; None when rows are written."""

    def take(self, reads: Iterable[Read], outcome: Outcome, run: SalesImport | None) -> Iterator[int]:
        """Take all rows, yielding how many are done after every slice."""
        reads = iter(reads)
        done = slices = 0
        while part := list(islice(reads, SLICE)):
            self.refuse([read for read in part if read.refusal is not None], outcome)
            self.take_slice([Entry(read) for read in part if read.reading is not None], outcome, run)
            done, slices = done + len(part), slices + 1
            has_grown(slices if run is not None else 0, SourceRow, Sighting)
            yield done

    def refuse(self, reads: Sequence[Read], outcome: Outcome) -> None:
        outcome.refused += len(reads)
        outcome.errors += [
            {"row": read.row, "code": read.refusal.code, "params": read.refusal.params} for read in reads
        ]

    @transaction.atomic
    def take_slice(self, entries: Sequence[Entry], outcome: Outcome, run: SalesImport | None) -> None:
        """One transaction: look up, judge, write."""
        if run is not None:
            ChannelAccount.objects.select_for_update().get(pk=self.account.pk)
        slots = self.slots({entry.key for entry in entries})
        before = {key: (slot.current, set(slot.live)) for key, slot in slots.items()}
        elsewhere = self.known_elsewhere({key for key, slot in slots.items() if not slot.live})
        for entry in entries:
            verdict = self.judge(entry, slots[entry.key], outcome)
            outcome.elsewhere += verdict == "new" and entry.key[:2] in elsewhere
        if run is not None:
            self.mark(slots, before)
            self.write(entries, slots, run)

    def judge(self, entry: Entry, slot: Slot, outcome: Outcome) -> str:
        reading = entry.reading
        verdict = slot.take(entry.digest, progress_of(entry.values))
        setattr(outcome, verdict, getattr(outcome, verdict) + 1)
        if reading.kind == ORDER or (reading.kind == ITEM and reading.goods_fen is None):
            outcome.halves[reading.kind][reading.order_number] += 1
        return verdict

    def known_elsewhere(self, keys: set[Key]) -> set[tuple[str, str]]:
        """Kind and number of those orders that other accounts of a numbered channel hold in force; they count once together."""
        if not (keys and self.account.has_order_numbers):
            return set()
        rows = SourceRow.objects.in_force().of_orders(self.account, {number for _kind, number, _line in keys})
        return set(rows.exclude(account=self.account.pk).values_list("kind", "order_number").distinct())

    def slots(self, keys: set[Key]) -> dict[Key, Slot]:
        """What is known under each key, from the database or from what this dry run has seen."""
        seen = self.overlay if self.overlay is not None else {}
        found = {key: seen[key] for key in keys & seen.keys()}
        unseen = {key: Slot() for key in keys - seen.keys()}
        numbers = {number for _kind, number, _line in unseen}
        rows = SourceRow.objects.filter(account=self.account, order_number__in=numbers)
        for kind, number, line, *content in rows.values_list("kind", "order_number", "line_key", *CONTENT):
            if (kind, number, line) in unseen:
                unseen[kind, number, line].remember(*content)
        seen |= unseen
        return found | unseen

    def mark(self, slots: dict[Key, Slot], before: dict[Key, tuple[str, set[str]]]) -> None:
        """Rows written earlier that come into force again, or give way to others."""
        demoted, revived, promoted = [], [], []
        for key, slot in slots.items():
            current, live = before[key]
            revived += [slot.rows[digest] for digest in slot.live - live if digest in slot.rows]
            if slot.current != current:
                demoted += [slot.rows[current]] if current else []
                promoted += [slot.rows[slot.current]] if slot.current in slot.rows else []
        rows = SourceRow.objects
        rows.filter(pk__in=demoted).update(is_current=False, is_pending=True)
        rows.filter(pk__in=revived).update(is_live=True)
        rows.filter(pk__in=promoted).update(is_current=True, is_pending=True)

    def write(self, entries: Sequence[Entry], slots: dict[Key, Slot], run: SalesImport) -> None:
        """Contents never seen under their key become rows; for the others it is noted that they were seen again."""
        fresh: dict[tuple[Key, str], dict] = {}
        again = []
        for entry in entries:
            slot, identity = slots[entry.key], (entry.key, entry.digest)
            if entry.digest in slot.rows:
                again.append({"run_id": run.pk, "source_id": slot.rows[entry.digest], "row": entry.row})
            elif identity not in fresh:
                fresh[identity] = self.row_of(entry, run, is_current=slot.current == entry.digest)
        insert(SourceRow, list(fresh.values()))
        insert(Sighting, again)

    def row_of(self, entry: Entry, run: SalesImport, *, is_current: bool) -> dict:
        reading = entry.reading
        return {
            "account_id": self.account.pk,
            "run_id": run.pk,
            "kind": reading.kind,
            "order_number": reading.order_number,
            "line_key": reading.line_key,
            "digest": entry.digest,
            "values": entry.values,
            "position": entry.row,
            "has_money": reading.goods_fen is not None,
            "is_current": is_current,
            "is_pending": is_current,
        }

    def count_waiting(self, outcomes: Sequence[Outcome]) -> None:
        """For each file, how many of its rows still miss their other half, after all files."""
        for mine, other in ((ORDER, ITEM), (ITEM, ORDER)):
            numbers = {number for outcome in outcomes for number in outcome.halves[mine]}
            here = {number for outcome in outcomes for number in outcome.halves[other]}
            met = here | self.numbers_with(other, numbers - here)
            for outcome in outcomes:
                outcome.waiting += sum(times for number, times in outcome.halves[mine].items() if number not in met)

    def numbers_with(self, kind: str, numbers: set[str]) -> set[str]:
        """Which of these orders have a row of this kind in force."""
        rows = SourceRow.objects.in_force().filter(account=self.account, kind=kind)
        ordered = sorted(numbers)
        return {
            number
            for start in range(0, len(ordered), SLICE)
            for number in rows.filter(order_number__in=ordered[start : start + SLICE]).values_list(
                "order_number", flat=True
            )
        }
