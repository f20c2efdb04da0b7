"""PostgreSQL: its own pg_dump, pg_restore and psql, found where PostgreSQL's client tools are installed."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import transaction

from . import schemas
from .engines import Engine, Refused, counted, left_out

UNHURRIED = b"SET statement_timeout = 0; SET synchronous_commit = off; SET client_min_messages = warning;\n"
"""What comes before the copy. Its rows are safe at the latest when it takes its place: that waits for the disk."""
SECURED = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}


class Postgres(Engine):
    """The tools are told where the server is by their environment, so no password stands on a command line."""

    name = "postgresql"
    file = "database.dump"

    def version(self) -> int:
        self.connection.ensure_connection()
        return self.connection.pg_version // 10000

    def dump(self, target: Path) -> dict[str, int]:
        pg_dump = tool("pg_dump", at_least=self.version(), because="the server")
        without = [f"--exclude-schema={schema}" for schema in schemas.BESIDE]
        without += [f"--exclude-table-data=public.{table}" for table in left_out()]
        with transaction.atomic(durable=True), self.connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            form = ["--format=custom", "--no-owner", "--no-acl", f"--snapshot={cursor.fetchone()[0]}"]
            rows = counted(cursor, self.connection.introspection.table_names(cursor))
            self.run(pg_dump, *form, *without, f"--file={target}")
        return rows

    def run(self, *command: str) -> None:
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise Refused(f"{Path(command[0]).name} failed: {done.stderr.strip()[:2000]}")

    def load(self, source: Path) -> None:
        """The copy is built in a schema of its own while the site still stands, and takes its place when it is whole."""
        pg_restore = tool("pg_restore", at_least=self.version(), because="the server")
        psql = tool("psql")
        with self.unhurried() as cursor:
            schemas.prepare(cursor)
            try:
                self.build(pg_restore, psql, source)
            except Refused:
                schemas.drop(cursor, schemas.ARRIVING)
                raise
            schemas.take_place(cursor)
            schemas.clear(cursor)

    @contextmanager
    def unhurried(self) -> Iterator:
        """A cursor whose statements may take as long as they need; the connection is not used for anything else."""
        with self.connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            try:
                yield cursor
            finally:
                self.connection.close()

    def build(self, pg_restore: str, psql: str, source: Path) -> None:
        script = [pg_restore, "--no-owner", "--no-acl", "--file=-", str(source)]
        strictly = [psql, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
        with tempfile.TemporaryFile() as complaints:
            read = subprocess.Popen(script, env=self.environment(), stdout=subprocess.PIPE, stderr=complaints)  # noqa: S603
            write = subprocess.Popen(strictly, env=self.environment(), stdin=subprocess.PIPE, stderr=complaints)  # noqa: S603
            pour(read.stdout, write.stdin)
            if write.wait() or read.wait():
                complaints.seek(0)
                raise Refused(f"The database was left as it was: {complaints.read().decode().strip()[:2000]}")

    def environment(self) -> dict[str, str]:
        """What libpq needs to know, and nothing of ours."""
        told = self.connection.settings_dict
        where = {"PGHOST": told["HOST"], "PGPORT": told["PORT"], "PGUSER": told["USER"], "PGPASSWORD": told["PASSWORD"]}
        more = {word: told.get("OPTIONS", {}).get(name) for name, word in SECURED.items()}
        named = {name: str(value) for name, value in (where | more | {"PGDATABASE": told["NAME"]}).items() if value}
        return named | {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGCONNECT_TIMEOUT": "15"}

    def check(self, version: int) -> None:
        if version > self.version():
            raise Refused(
                f"The copy was made on PostgreSQL {version}; this server is the older PostgreSQL {self.version()}."
            )
        with self.connection.cursor() as cursor:
            obstacle = schemas.obstacles(cursor)
        if obstacle:
            raise Refused(obstacle)
        tool("pg_restore", at_least=version, because="the server of the copy")
        tool("psql")


def pour(script, sink) -> None:
    """Hand all of the copy on, for another schema. A reader that went away has said why."""
    with suppress(BrokenPipeError), script, sink:
        sink.write(UNHURRIED)
        sink.writelines(schemas.renamed(script))


def tool(name: str, *, at_least: int = 0, because: str = "") -> str:
    """Where one of PostgreSQL's programs is. Raises Refused where it is missing or too old."""
    path = shutil.which(name)
    if path is None:
        raise Refused(f"{name} is not on this machine. It comes with PostgreSQL's client programs (postgresql-client).")
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"(\d+)", said)
    version = int(found[1]) if found else 0
    if version < at_least:
        raise Refused(
            f"{name} is of PostgreSQL {version}, {because} is PostgreSQL {at_least}. "
            f"Install the client programs of PostgreSQL {at_least} or later."
        )
    return path
