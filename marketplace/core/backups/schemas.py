"""PostgreSQL's schemas during a restore: the copy is built beside what stands, and takes its place in one step.

Built in one transaction, a copy would hold a lock for each of thousands of tables, indexes and types until its end,
more than a server set up as it comes has room for (``max_locks_per_transaction``).
"""

import re
from collections.abc import Iterable, Iterator

from django.db import transaction

STANDING, ARRIVING, LEAVING = "public", "arriving", "leaving"
BESIDE = (ARRIVING, LEAVING)
NAMED = re.compile(rb"\bpublic\.|(?<=SCHEMA )public\b")
END_OF_ROWS = b"\\.\n"


def renamed(script: Iterable[bytes]) -> Iterator[bytes]:
    """pg_restore's lines for another schema than the one they name; rows are left as they are."""
    rows = False
    for line in script:
        yield line if rows else NAMED.sub(lambda name: name[0].replace(STANDING.encode(), ARRIVING.encode()), line)
        rows = line != END_OF_ROWS if rows else line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n")


def prepare(cursor) -> None:
    """An empty schema to build in; whatever a restore that was interrupted left behind is gone."""
    for schema in BESIDE:
        drop(cursor, schema)
    cursor.execute(f"CREATE SCHEMA {ARRIVING}")


def take_place(cursor) -> None:
    """From here on the site works on the copy. Sessions that are open find it with their next statement."""
    with transaction.atomic(durable=True):
        cursor.execute(f"ALTER SCHEMA {STANDING} RENAME TO {LEAVING}")
        cursor.execute(f"ALTER SCHEMA {ARRIVING} RENAME TO {STANDING}")


def drop(cursor, schema: str) -> None:
    """Away with a schema, one table after the other, for the same reason."""
    cursor.execute("SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables WHERE schemaname = %s", [schema])
    for (table,) in cursor.fetchall():
        cursor.execute(f"DROP TABLE {table} CASCADE")
    cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
