"""A site to measure: a database with a catalogue, and web workers before it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import requests

SERVER = os.environ.get("BENCH_SERVER", "postgres://root@127.0.0.1:5432")
SELLERS = 200
WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")


def name_of(products: int) -> str:
    return f"yanxing_bench_{products}"


def environment(products: int) -> dict[str, str]:
    """What a process needs to run on the catalogue of this size."""
    folder = Path("var").resolve() / name_of(products)
    folder.mkdir(parents=True, exist_ok=True)
    address = f"{SERVER}/{name_of(products)}"
    return os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings", "DATABASE_URL": address, "DATA_DIR": str(folder)}


def prepare(products: int) -> None:
    """Make the database of this size if it is not there, and bring it up to the code; a half made one is begun anew."""
    if not is_ready(products):
        make(products)
    manage(products, "migrate", "--verbosity", "0")
    manage(products, "collectstatic", "--no-input", "--verbosity", "0")


def make(products: int) -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name_of(products)}" WITH (FORCE)')
        server.execute(
            f"CREATE DATABASE \"{name_of(products)}\" TEMPLATE template0 ENCODING 'UTF8' "
            "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        )
    manage(products, "migrate", "--verbosity", "0")
    manage(products, "load_demo", "--products", str(products), "--sellers", str(SELLERS))
    with psycopg.connect(f"{SERVER}/{name_of(products)}", autocommit=True) as database:
        database.execute("VACUUM ANALYZE")
        database.execute(f"COMMENT ON DATABASE \"{name_of(products)}\" IS 'ready'")


def is_ready(products: int) -> bool:
    with psycopg.connect(f"{SERVER}/postgres") as server:
        found = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name_of(products)]
        ).fetchone()
    return bool(found) and found[0] == "ready"


def manage(products: int, *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], env=environment(products), check=True)


class Site:
    """Web workers at work. ``url`` is where; ``cpu()`` how many seconds they and the database have worked so far."""

    def __init__(self, products: int):
        self.products = products
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "marketplace.wsgi", "--bind", f"127.0.0.1:{port}"]
            + ["--workers", str(WORKERS), "--threads", "4", "--keep-alive", "60", "--log-level", "error"],
            env=environment(products),
        )

    def wait(self) -> None:
        """Until it answers."""
        for _try in range(120):
            with suppress(requests.ConnectionError, requests.Timeout):
                requests.get(f"{self.url}/healthz", timeout=10)
                return
            time.sleep(0.5)
        raise RuntimeError("the site did not start")

    def cpu(self) -> float:
        return sum(seconds_of(pid) for pid in [*self.workers(), *self.backends()])

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def backends(self) -> list[int]:
        with psycopg.connect(f"{SERVER}/postgres") as server:
            rows = server.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [name_of(self.products)])
            return [pid for (pid,) in rows.fetchall()]


def seconds_of(pid: int) -> float:
    """User and system time of a process; 0 for one that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def running(products: int):
    """A site with a catalogue of this size, for as long as it is measured."""
    prepare(products)
    site = Site(products)
    try:
        site.wait()
        yield site
    finally:
        site.process.terminate()
        site.process.wait(30)
