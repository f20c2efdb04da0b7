"""Browsers of every role whose requests leave nothing behind: no row, no cookie, no mail."""

import sys
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client, TestCase

from tests.house.world import ROLES


@dataclass
class Answer:
    """What came back, and what broke on the way, if anything did."""

    status: int
    headers: dict
    body: bytes
    cookies: dict = field(default_factory=dict)
    broke: str = ""

    @property
    def place(self) -> str:
        """Where it broke, without what was sent."""
        return self.broke.partition(" | ")[2]

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")


class Browsers:
    """One signed-in client for every role."""

    def __init__(self, world):
        self.clients = {role: Client(raise_request_exception=False) for role in ROLES}
        for role, client in self.clients.items():
            if role != "anonymous":
                client.force_login(world.person(role))
        self.cookies = {role: client.cookies.output() for role, client in self.clients.items()}

    def ask(self, role: str, method: str, address: str, data=None, **more) -> Answer:
        """One request as if it were the first; what it would have done after its commit is done, and then all is undone."""
        client, broken = self.clients[role], []
        kept = {name: morsel.coded_value for name, morsel in client.cookies.items()}
        with transaction.atomic(), watching(broken):
            try:
                with TestCase.captureOnCommitCallbacks(execute=True):
                    response = client.generic(method, address, data or b"", **more)
            except Exception:
                broken.append(where())
                answer = Answer(500, {}, b"")
            else:
                body = b"".join(response.streaming_content) if response.streaming else response.content
                answer = Answer(response.status_code, dict(response.headers), body, dict(response.cookies))
            transaction.set_rollback(True)
        client.cookies.clear()
        for name, value in kept.items():
            client.cookies[name] = value
        cache.clear()
        answer.broke = "\n".join(broken)
        return answer


@contextmanager
def watching(broken: list[str]):
    """Notes where an exception came from that a request ended with."""

    def note(**_ignored):
        broken.append(where())

    got_request_exception.connect(note)
    try:
        yield
    finally:
        got_request_exception.disconnect(note)


def where() -> str:
    """The exception in hand, and the places of ours it came through."""
    kind, value, trace = sys.exc_info()
    ours = [
        f"{Path(frame.filename).relative_to(settings.BASE_DIR)}:{frame.lineno}"
        for frame in traceback.extract_tb(trace)
        if frame.filename.startswith(str(settings.BASE_DIR))
        and "/.venv/" not in frame.filename
        and "/tests/" not in frame.filename
    ]
    last = traceback.extract_tb(trace)[-1]
    return f"{kind.__name__}: {str(value)[:160]} | {' > '.join(ours[-3:])} | {last.filename[-60:]}:{last.lineno}"
