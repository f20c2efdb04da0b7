"""Servers of one's own: they may be stopped, starved and cut off without harm to anybody else's."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import redis

from bench import site

BIN = Path(subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True).stdout.strip())
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
LONGEST = 120
GOODS = 1000
IN_STOCK = "UPDATE partner_stockrecord SET num_in_stock = 1000000 WHERE num_in_stock IS NOT NULL AND pool_id IS NULL"
PACK = """SELECT p.id FROM catalogue_product p JOIN partner_stockrecord s ON s.product_id = p.id
    WHERE s.price < 100 AND p.is_public AND s.pool_id IS NULL AND s.grant_id IS NULL ORDER BY p.id DESC LIMIT 1"""
PURCHASES = "SELECT count(*) FROM order_purchase"


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def until(holds: Callable[[], object], what: str) -> None:
    """Wait; an error with the words where it does not come true."""
    end = time.monotonic() + LONGEST
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(f"{what}: not within {LONGEST} s")
        time.sleep(0.2)


@contextmanager
def home(name: str) -> Iterator[Path]:
    """A folder that PostgreSQL may use as well, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"yanxing-{name}-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(program: str, *arguments: str) -> None:
    subprocess.run([*AS_POSTGRES, BIN / program, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")


class Postgres:
    """A cluster in a folder of its own that ``postgres`` owns."""

    def __init__(self, folder: Path, database: str = "yanxing", listens: str = "127.0.0.1"):
        self.folder, self.database, self.listens, self.port = folder, database, listens, free_port()
        self.address = f"postgres://root@127.0.0.1:{self.port}"
        folder.mkdir(exist_ok=True)
        if AS_POSTGRES:
            shutil.chown(folder, "postgres", "postgres")
        folder.chmod(0o700)

    def make(self) -> None:
        """With the catalogue that other figures are measured on."""
        self.make_empty()
        if not site.is_ready(GOODS):
            site.make(GOODS)
        self.copy(f"{site.SERVER}/{site.name_of(GOODS)}")
        self.ask(IN_STOCK)

    def make_empty(self) -> None:
        run("initdb", "-D", str(self.folder), "-U", "root", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        with open(self.folder / "pg_hba.conf", "a", encoding="utf-8") as rules:
            rules.write("host all all 10.77.0.0/16 trust\n")
        self.start()
        self.ask_server(f'CREATE DATABASE "{self.database}" TEMPLATE template0')

    def copy(self, address: str) -> None:
        """Everything of a database elsewhere."""
        dump = subprocess.Popen([BIN / "pg_dump", "-Fc", address], stdout=subprocess.PIPE)
        subprocess.run(
            [BIN / "pg_restore", "--no-owner", "-d", f"{self.address}/{self.database}"], stdin=dump.stdout, check=True
        )
        if dump.wait():
            raise RuntimeError(f"{address} could not be copied")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses='{self.listens}' -c unix_socket_directories=''"
        run("pg_ctl", "-D", str(self.folder), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """As a lost power line does it."""
        if (self.folder / "postmaster.pid").exists():
            with suppress(subprocess.CalledProcessError):
                run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    def ask(self, question: str, *values):
        with psycopg.connect(f"{self.address}/{self.database}", autocommit=True) as database:
            found = database.execute(question, values)
            row = found.fetchone() if found.description else None
            return row[0] if row else None

    def ask_server(self, statement: str) -> None:
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as server:
            server.execute(statement)

    def answers(self) -> bool:
        with suppress(psycopg.Error):
            return self.ask("SELECT 1") == 1
        return False


class Redis:
    """One that keeps nothing on disk."""

    def __init__(self, listens: str = "127.0.0.1"):
        self.listens, self.port = listens, free_port()
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", *self.listens.split(","), "--save", "", "--protected-mode", "no"]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        until(self.answers, "Redis answers")

    def answers(self) -> bool:
        with suppress(redis.RedisError):
            return bool(redis.Redis(port=self.port).ping())
        return False

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
