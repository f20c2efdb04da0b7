"""What both database engines have to do for a copy, and what is refused."""

from abc import ABC, abstractmethod
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.base import SessionBase
from django.utils.module_loading import import_string


class Refused(Exception):
    """Nothing was changed; the text says why and what to do."""


class Engine(ABC):
    """One kind of database. ``file`` is the name it has in a copy."""

    name = ""
    file = ""

    def __init__(self, connection):
        self.connection = connection

    @abstractmethod
    def version(self) -> int:
        """A number that grows with the server's version."""

    @abstractmethod
    def dump(self, target: Path) -> dict[str, int]:
        """Write the database as it is at one moment; returns the rows of each table at that moment."""

    @abstractmethod
    def load(self, source: Path) -> None:
        """Put the copy in the place of everything there is, all or nothing."""

    @abstractmethod
    def check(self, version: int) -> None:
        """Raise Refused if a copy made by an engine of this version cannot be loaded here."""

    def rows(self) -> dict[str, int]:
        """How many rows each table holds, those that are left out aside."""
        with self.connection.cursor() as cursor:
            return counted(cursor, self.connection.introspection.table_names(cursor))

    def is_empty(self) -> bool:
        """True for a database nobody has an account in."""
        people = get_user_model()._meta.db_table
        return people not in self.connection.introspection.table_names() or self.rows()[people] == 0


def left_out() -> tuple[str, ...]:
    """Tables whose rows are not copied: the keys of sessions open accounts."""
    from django.conf import settings

    store: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    return (store.get_model_class()._meta.db_table,)  # type: ignore[attr-defined]


def counted(cursor, tables) -> dict[str, int]:
    """Rows of each of the tables; names come from the database itself."""
    found = {}
    for table in sorted(set(tables) - set(left_out())):
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608
        found[table] = cursor.fetchone()[0]
    return found


def engine_of(connection) -> Engine:
    """The one for this connection."""
    from .postgres import Postgres
    from .sqlite import Sqlite

    return {"sqlite": Sqlite, "postgresql": Postgres}[connection.vendor](connection)
