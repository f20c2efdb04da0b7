"""What the database itself refuses: changes to a released snapshot."""

TABLE = "impact_snapshot"
SQLITE = [
    f"""
    CREATE TRIGGER snapshot_{deed.lower()} BEFORE {deed} ON {TABLE} WHEN OLD.released_at IS NOT NULL BEGIN
      SELECT RAISE(ABORT, 'snapshot: what is released stays');
    END
    """
    for deed in ("UPDATE", "DELETE")
]
POSTGRES = [
    """
    CREATE FUNCTION snapshot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'snapshot: what is released stays' USING ERRCODE = 'check_violation';
    END $$
    """,
    f"""
    CREATE TRIGGER snapshot_stays BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW WHEN (OLD.released_at IS NOT NULL) EXECUTE FUNCTION snapshot_stays()
    """,
]
AWAY = {
    "sqlite": ["DROP TRIGGER IF EXISTS snapshot_update", "DROP TRIGGER IF EXISTS snapshot_delete"],
    "postgresql": ["DROP FUNCTION IF EXISTS snapshot_stays() CASCADE"],
}


def install(apps, schema_editor) -> None:
    """Set the guards; for migrations. On SQLite a migration that rebuilds this table has to set them again."""
    remove(apps, schema_editor)
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor) -> None:
    """Take the guards away."""
    for statement in AWAY[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
