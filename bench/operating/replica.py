"""A primary and a streaming replica, the site before them, and what becomes of its lists when the replica works, falls behind and dies."""

import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import requests

from bench import site
from bench.browser import Guest

from .servers import GOODS, PACK, Postgres, home, run, say

ASKED = 50
LOOK = 11
"""Seconds until a process has looked at the replica again."""
LIST = "/products/"
BEAT = """INSERT INTO core_heartbeat (name, at) VALUES ('worker', %s)
    ON CONFLICT (name) DO UPDATE SET at = excluded.at"""
COMMITTED = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"


@contextmanager
def pair():
    """A primary with a catalogue, and its replica; what asks for the catalogue meanwhile asks the primary."""
    usual = site.SERVER
    with home("replica") as folder:
        first, second = (Postgres(folder / name, site.name_of(GOODS)) for name in ("first", "second"))
        try:
            first.make()
            first.ask_server(f"COMMENT ON DATABASE {first.database} IS 'ready'")
            site.SERVER = first.address
            run("pg_basebackup", "-D", str(second.folder), "-R", "-X", "stream", "-c", "fast", "-d", first.address)
            second.start()
            yield first, second
        finally:
            site.SERVER = usual
            second.stop()
            first.stop()


def read_lists(url: str) -> dict[int, int]:
    """Answers of many lists to nobody in particular, by status."""
    found: dict[int, int] = {}
    for _time in range(ASKED):
        status = requests.get(url + LIST, timeout=60).status_code
        found[status] = found.get(status, 0) + 1
    return found


def told(what: str, servers, deed) -> None:
    """What a deed answers, and how many transactions each server saw meanwhile."""
    before = [server.ask(COMMITTED) for server in servers]
    answer = deed()
    time.sleep(1.5)  # servers write their counts once a second
    first, second = (server.ask(COMMITTED) - was for server, was in zip(servers, before, strict=True))
    say(f"{what:<34} {answer}; transactions: primary {first}, replica {second}")


def main() -> None:
    with pair() as (first, second):
        os.environ["REPLICA_URL"] = f"{second.address}/{second.database}"
        now = datetime.now(UTC)
        first.ask(BEAT, now)
        try:
            with site.running(GOODS) as shop:
                tell(first, second, shop.url, now)
        finally:
            del os.environ["REPLICA_URL"]  # the next one has none


def tell(first: Postgres, second: Postgres, url: str, now: datetime) -> None:
    both = (first, second)
    say(f"{ASKED} lists each time, answers by status")
    told("readers unknown", both, lambda: read_lists(url))
    guest = Guest(url)
    guest.get(LIST)
    guest.post("/basket/add/", {"product": first.ask(PACK), "quantity": 1}, **{"X-Requested-With": "fetch"})
    told("a reader with a basket", both, lambda: {200: len([guest.get(LIST) for _time in range(ASKED)])})
    second.ask("SELECT pg_wal_replay_pause()")
    first.ask(BEAT, now + timedelta(minutes=2))
    time.sleep(LOOK)
    told("replica two minutes behind", both, lambda: read_lists(url))
    second.ask("SELECT pg_wal_replay_resume()")
    time.sleep(LOOK)
    told("replica caught up", both, lambda: read_lists(url))
    second.stop()
    say(f"{'replica killed':<34} {read_lists(url)}")
    second.start()
    time.sleep(LOOK)
    told("replica started again", both, lambda: read_lists(url))
