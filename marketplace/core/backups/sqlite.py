"""SQLite: its own online copy, which waits for nobody and disturbs nobody."""

import sqlite3
from contextlib import closing
from pathlib import Path

from .engines import Engine, Refused, counted, left_out


class Sqlite(Engine):
    """The database is one file; pages are copied by the library, in one transaction on either way."""

    name = "sqlite"
    file = "database.sqlite3"

    def version(self) -> int:
        return sqlite3.sqlite_version_info[0]

    def dump(self, target: Path) -> dict[str, int]:
        self.connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            self.connection.connection.backup(copy)
            # One file without companions, and what is deleted from it is overwritten.
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("PRAGMA secure_delete = ON")
            with copy:
                for table in left_out():
                    copy.execute(f'DELETE FROM "{table}"')  # noqa: S608
            tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            return counted(copy.cursor(), [name for (name,) in tables.fetchall()])

    def load(self, source: Path) -> None:
        self.connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
            copy.backup(self.connection.connection)
        self.connection.close()

    def check(self, version: int) -> None:
        if version > self.version():
            raise Refused(f"The copy was made by SQLite {version}; this machine has SQLite {self.version()}.")
