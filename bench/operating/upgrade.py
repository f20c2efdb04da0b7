"""A site of an earlier state with its data becomes this one: rows before and after, and `reconcile`. The earlier state is the catalogue
that other figures are measured on, as old as it is; with UPGRADE_FROM=COMMIT that commit makes its own demonstration first.
"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from .servers import Postgres, home, say


def manage(code: Path, database: Postgres, data: Path, *words: str) -> str:
    environment = os.environ | {
        "DATABASE_URL": f"{database.address}/{database.database}",
        "DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.development",
        "LOG_LEVEL": "ERROR",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=code, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{words[0]}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def rows(database: Postgres) -> dict[str, int]:
    """Of every table."""
    found = {}
    with psycopg.connect(f"{database.address}/{database.database}") as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        for (name,) in names:
            asked = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
            found[name] = connection.execute(asked).fetchall()[0][0]
    return found


def main() -> None:
    commit = os.environ.get("UPGRADE_FROM", "")
    with home("upgrade") as folder:
        database, data = Postgres(folder / "postgres"), folder / "data"
        try:
            if commit:
                made_by(commit, database, folder / "old", data)
            else:
                database.make()
            before = rows(database)
            said = manage(Path.cwd(), database, data, "migrate", "-v1")
            tell(commit or "the catalogue's state", said, before, rows(database))
            if not commit:  # others have measured with the catalogue's stock
                manage(Path.cwd(), database, data, "reconcile", "--repair")
            say(f"reconcile: {manage(Path.cwd(), database, data, 'reconcile').splitlines()[-1]}")
        finally:
            database.stop()


def made_by(commit: str, database: Postgres, code: Path, data: Path) -> None:
    code.mkdir()
    packed = subprocess.run(["git", "archive", commit], capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", code], input=packed, check=True)
    database.make_empty()
    manage(code, database, data, "migrate", "-v0")
    manage(code, database, data, "load_demo")


def tell(commit: str, said: str, before: dict[str, int], after: dict[str, int]) -> None:
    applied = [line.strip().removesuffix("... OK") for line in said.splitlines() if line.strip().endswith("OK")]
    changed = {name: (count, after.get(name)) for name, count in before.items() if after.get(name) != count}
    say(f"from {commit}: {len(applied)} migrations applied: {', '.join(applied)}")
    say(f"{len(before)} tables with {sum(before.values())} rows before, {len(after)} with {sum(after.values())} after")
    say(
        f"tables with other numbers of rows: {changed or 'none'}; new tables: {sorted(set(after) - set(before)) or 'none'}"
    )
