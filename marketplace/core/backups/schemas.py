"""PostgreSQL's schemas during a restore: the copy is built beside what stands, and takes its place in one step.

Built in one transaction, a copy would hold a lock for each of thousands of tables, indexes and types until its end,
more than a server set up as it comes has room for (``max_locks_per_transaction``).
"""

import logging
import re
from collections.abc import Iterable, Iterator

from django.db import OperationalError, transaction

log = logging.getLogger(__name__)
STANDING, ARRIVING, LEAVING = "public", "yanxing_arriving", "yanxing_leaving"
"""The latter two are dropped with all they hold, so that they bear a name nobody else would give."""
BESIDE = (ARRIVING, LEAVING)
NAMED = re.compile(rb"\bpublic\.|(?<=SCHEMA )public\b")
END_OF_ROWS = b"\\.\n"


def renamed(script: Iterable[bytes]) -> Iterator[bytes]:
    """pg_restore's lines for another schema than the one they name; rows are left as they are."""
    rows = False
    for line in script:
        yield line if rows else NAMED.sub(lambda name: name[0].replace(STANDING.encode(), ARRIVING.encode()), line)
        rows = line != END_OF_ROWS if rows else line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n")


def obstacles(cursor) -> str:
    """Why a copy could not take its place here, and what to do; empty where it can."""
    cursor.execute(
        "SELECT extname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE nspname = %s", [STANDING]
    )
    extensions = ", ".join(name for (name,) in cursor.fetchall())
    if extensions:
        return (
            f"Extensions stand among the tables and would go with them: {extensions}. "
            "Move each first: CREATE SCHEMA extensions; ALTER EXTENSION … SET SCHEMA extensions;"
        )
    cursor.execute("SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = %s", [STANDING])
    if cursor.fetchone() != (True,):
        return f"The site's role does not own the schema {STANDING}: ALTER SCHEMA {STANDING} OWNER TO it."
    return ""


def prepare(cursor) -> None:
    """An empty schema to build in; whatever a restore that was interrupted left behind is gone."""
    for schema in BESIDE:
        drop(cursor, schema)
    cursor.execute(f"CREATE SCHEMA {ARRIVING}")


def take_place(cursor) -> None:
    """From here on the site works on the copy. Whoever is at work on the old tables is cut off, so that nobody writes half
    here and half there; the next statement connects anew."""
    with transaction.atomic(durable=True):
        cursor.execute(f"ALTER SCHEMA {STANDING} RENAME TO {LEAVING}")
        cursor.execute(f"ALTER SCHEMA {ARRIVING} RENAME TO {STANDING}")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


def clear(cursor) -> None:
    """The old tables go; those that somebody still reads (a copy being made) stay for the next restore to clear."""
    cursor.execute("SET lock_timeout = '5s'")
    try:
        drop(cursor, LEAVING)
    except OperationalError as error:
        log.warning("the old tables stay in the schema %s until the next restore: %s", LEAVING, error)


def drop(cursor, schema: str) -> None:
    """Away with a schema, one table after the other, for the same reason."""
    cursor.execute("SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables WHERE schemaname = %s", [schema])
    for (table,) in cursor.fetchall():
        cursor.execute(f"DROP TABLE {table} CASCADE")
    cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
