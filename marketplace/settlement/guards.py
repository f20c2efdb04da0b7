"""What the database itself refuses, whoever asks: unbalanced postings, and changes to what is written.

Entries come first and their posting seals them. Sealing adds the entries up; afterwards none can join, change or leave.
PostgreSQL adds the sum up once more when the transaction ends, for two sessions that do not see each other.
"""

ENTRY, POSTING = "settlement_entry", "settlement_posting"

SQLITE = [
    f"""
    CREATE TRIGGER ledger_seal BEFORE INSERT ON {POSTING} BEGIN
      SELECT RAISE(ABORT, 'ledger: entries of a posting must add up to zero')
      WHERE (SELECT COUNT(*) < 2 OR SUM(fen) <> 0 FROM {ENTRY} WHERE posting_id = NEW.id);
    END
    """,
    f"""
    CREATE TRIGGER ledger_sealed BEFORE INSERT ON {ENTRY} BEGIN
      SELECT RAISE(ABORT, 'ledger: this posting is sealed')
      WHERE EXISTS (SELECT 1 FROM {POSTING} WHERE id = NEW.posting_id);
    END
    """,
    *(
        f"""
        CREATE TRIGGER ledger_{table}_{deed.lower()} BEFORE {deed} ON {table} BEGIN
          SELECT RAISE(ABORT, 'ledger: what is written stays');
        END
        """
        for table in (ENTRY, POSTING)
        for deed in ("UPDATE", "DELETE")
    ),
]

POSTGRES = [
    f"""
    CREATE FUNCTION ledger_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT COUNT(*) < 2 OR SUM(fen) <> 0 FROM {ENTRY} WHERE posting_id = NEW.id) THEN
        RAISE EXCEPTION 'ledger: entries of a posting must add up to zero' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    f"CREATE TRIGGER ledger_seal BEFORE INSERT ON {POSTING} FOR EACH ROW EXECUTE FUNCTION ledger_seal()",
    f"""
    CREATE FUNCTION ledger_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM {POSTING} WHERE id = NEW.posting_id) THEN
        RAISE EXCEPTION 'ledger: this posting is sealed' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    f"CREATE TRIGGER ledger_sealed BEFORE INSERT ON {ENTRY} FOR EACH ROW EXECUTE FUNCTION ledger_sealed()",
    f"""
    CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT SUM(fen) <> 0 FROM {ENTRY} WHERE posting_id = NEW.posting_id) THEN
        RAISE EXCEPTION 'ledger: entries of a posting must add up to zero' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NULL;
    END $$
    """,
    f"""
    CREATE CONSTRAINT TRIGGER ledger_balanced AFTER INSERT ON {ENTRY}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balanced()
    """,
    """
    CREATE FUNCTION ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'ledger: what is written stays' USING ERRCODE = 'check_violation';
    END $$
    """,
    *(
        f"CREATE TRIGGER ledger_{table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays()"
        for table in (ENTRY, POSTING)
    ),
]

SQLITE_AWAY = [
    f"DROP TRIGGER IF EXISTS {name}"
    for name in (
        "ledger_seal",
        "ledger_sealed",
        *(f"ledger_{table}_{deed}" for table in (ENTRY, POSTING) for deed in ("update", "delete")),
    )
]
POSTGRES_AWAY = [
    f"DROP FUNCTION IF EXISTS {name}() CASCADE"
    for name in ("ledger_seal", "ledger_sealed", "ledger_balanced", "ledger_stays")
]


def install(apps, schema_editor) -> None:
    """Set the guards; for migrations. On SQLite a migration that rebuilds these tables has to set them again."""
    remove(apps, schema_editor)
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor) -> None:
    """Take the guards away."""
    for statement in {"sqlite": SQLITE_AWAY, "postgresql": POSTGRES_AWAY}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
