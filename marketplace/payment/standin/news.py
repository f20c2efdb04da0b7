"""Telling the shop what happened: signed, and as late, as often and in whatever order it was told to."""

import contextlib
import hashlib
import hmac
import json
import random
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from .shapes import Resource


@dataclass
class Faults:
    """How the stand-in misbehaves. All off, it does not."""

    delay: float = 0.0
    """Seconds before news leaves."""
    duplicate: int = 0
    """So many further copies of each piece of news."""
    shuffle: bool = False
    """News of one moment leaves in any order."""
    drop: float = 0.0
    """The part of news that never leaves, 0 to 1."""
    answer_delay: float = 0.0
    """Seconds before any call is answered."""


def signature(body: bytes, secret: str, at: int) -> str:
    """The header Stripe sends with news."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


def planned(events: list[Resource], faults: Faults, chance: random.Random) -> list[Resource]:
    """What of these events leaves, in which order."""
    kept = [event for event in events if chance.random() >= faults.drop]
    leaving = kept + [event for event in kept for _copy in range(faults.duplicate)]
    if faults.shuffle:
        chance.shuffle(leaving)
    return leaving


class Messenger(threading.Thread):
    """Carries news to ``address``; what is not taken with 2xx is tried a few times more."""

    TRIES = 5

    def __init__(self, address: str, secret: str, faults: Faults, clock: Callable[[], float] = time.time):
        super().__init__(daemon=True)
        self.address, self.secret, self.faults, self.clock = address, secret, faults, clock
        self.waiting: list[Resource] = []
        self.bell = threading.Condition()
        self.chance = random.Random()  # noqa: S311  (which news to lose is no secret)

    def hear(self, event: Resource) -> None:
        with self.bell:
            self.waiting.append(event)
            self.bell.notify()

    def run(self) -> None:
        while True:
            with self.bell:
                self.bell.wait_for(lambda: bool(self.waiting))
            time.sleep(self.faults.delay or 0.05)  # what belongs to one moment leaves together
            with self.bell:
                events, self.waiting = self.waiting, []
            for event in planned(events, self.faults, self.chance):
                self.bring(event)

    def bring(self, event: Resource) -> None:
        for turn in range(self.TRIES):
            with contextlib.suppress(OSError):
                self.post(json.dumps(event, ensure_ascii=False).encode())
                return
            time.sleep(turn)

    def post(self, body: bytes) -> None:
        """One try; an answer other than 2xx, or none, is an OSError."""
        headers = {
            "Content-Type": "application/json",
            "Stripe-Signature": signature(body, self.secret, int(self.clock())),
        }
        request = urllib.request.Request(self.address, data=body, headers=headers, method="POST")  # noqa: S310
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310  (the shop's own address, on this machine)
            return
