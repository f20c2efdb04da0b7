"""What the database itself refuses: one desk for two teams on one day.

PostgreSQL has an exclusion constraint over the days; SQLite has none, there triggers look for a booking that overlaps.
A migration that builds the table anew (SQLite does so for most changes of columns) has to call ``install`` again.
"""

TABLE = "parks_deskbooking"
POSTGRES = (
    f"ALTER TABLE {TABLE} ADD CONSTRAINT desk_booked_once EXCLUDE USING gist "
    "(int8range(desk_id, desk_id, '[]') WITH &&, daterange(since, until, '[]') WITH &&)"
)
POSTGRES_AWAY = f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS desk_booked_once"
SQLITE = [
    f"""
    CREATE TRIGGER desk_booked_once_{deed.lower()} BEFORE {deed} ON {TABLE} BEGIN
      SELECT RAISE(ABORT, 'desk_booked_once') WHERE EXISTS (
        SELECT 1 FROM {TABLE} WHERE desk_id = NEW.desk_id AND id IS NOT NEW.id
        AND since <= COALESCE(NEW.until, '9999-12-31') AND COALESCE(until, '9999-12-31') >= NEW.since
      );
    END
    """
    for deed in ("INSERT", "UPDATE")
]
SQLITE_AWAY = [f"DROP TRIGGER IF EXISTS desk_booked_once_{deed}" for deed in ("insert", "update")]


def install(_apps, editor):
    """Put the guard up; putting it up again changes nothing."""
    remove(_apps, editor)
    for statement in [POSTGRES] if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def remove(_apps, editor):
    """Take it down, for a migration backwards."""
    for statement in [POSTGRES_AWAY] if editor.connection.vendor == "postgresql" else SQLITE_AWAY:
        editor.execute(statement)
