"""What the stand-in remembers: resources by number, answers by idempotency key, and the sum that lies with it."""

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import shapes
from .shapes import Resource

PREFIXES = {
    "checkout.session": "cs_test_",
    "payment_intent": "pi_",
    "charge": "ch_",
    "refund": "re_",
    "balance_transaction": "txn_",
    "account": "acct_",
    "transfer": "tr_",
    "transfer_reversal": "trr_",
    "event": "evt_",
}


class Store:
    """Everything lies in ``state``, plain values that go into a file where one is named, so that a restart forgets nothing."""

    def __init__(self, file: Path | None = None, clock: Callable[[], float] = time.time):
        self.file, self.clock = file, clock
        self.lock = threading.RLock()
        self.state: dict[str, Any] = {"objects": {}, "answers": {}, "covers": {}}
        self.on_event: Callable[[Resource], None] = lambda event: None
        if file is not None and file.exists():
            self.state = json.loads(file.read_text(encoding="utf-8"))

    @contextmanager
    def change(self) -> Iterator[None]:
        """One at a time; written down before anybody is answered."""
        with self.lock:
            yield
            if self.file is not None:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                fresh = self.file.with_suffix(".new")
                fresh.write_text(json.dumps(self.state, ensure_ascii=False), encoding="utf-8")
                fresh.replace(self.file)

    def now(self) -> int:
        return int(self.clock())

    def new_id(self, kind: str) -> str:
        return PREFIXES[kind] + secrets.token_hex(12)

    def keep(self, resource: Resource) -> Resource:
        self.state["objects"][resource["id"]] = resource
        return resource

    def get(self, kind: str, number: str) -> Resource | None:
        found = self.state["objects"].get(number)
        return found if found is not None and found["object"] == kind else None

    def all(self, kind: str) -> list[Resource]:
        """Newest first."""
        return [each for each in reversed(self.state["objects"].values()) if each["object"] == kind]

    def move(self, kind: str, source: str, amount: int, fee: int = 0) -> str:
        """So many fen more (or less) lie here; returns the number of the change."""
        moved = shapes.balance_transaction(
            id=self.new_id("balance_transaction"),
            amount=amount,
            fee=fee,
            source=source,
            type=kind,
            reporting_category=kind,
            currency="cny",
            created=self.now(),
            available_on=self.now(),
        )
        return self.keep(moved)["id"]

    def lying_here(self) -> int:
        return sum(each["net"] for each in self.all("balance_transaction"))

    def announce(self, kind: str, resource: Resource) -> Resource:
        """News of a resource as it is now, for whoever listens."""
        snapshot = json.loads(json.dumps(resource))
        event = shapes.event(id=self.new_id("event"), type=kind, created=self.now(), data={"object": snapshot})
        self.keep(event)
        self.on_event(event)
        return event
