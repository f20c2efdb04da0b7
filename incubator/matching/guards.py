"""What the database itself refuses, whoever asks: changes to a finished match run and to what it proposed."""

RUN, PROPOSAL = "matching_matchrun", "matching_proposal"
FINISHED = "('done', 'refused', 'failed')"

SQLITE = [
    *(
        f"""
        CREATE TRIGGER match_run_{deed.lower()} BEFORE {deed} ON {RUN} WHEN OLD.state IN {FINISHED} BEGIN
          SELECT RAISE(ABORT, 'match run: what is written stays');
        END
        """
        for deed in ("UPDATE", "DELETE")
    ),
    *(
        f"""
        CREATE TRIGGER match_proposal_{deed.lower()} BEFORE {deed} ON {PROPOSAL} BEGIN
          SELECT RAISE(ABORT, 'proposal: what is written stays');
        END
        """
        for deed in ("UPDATE", "DELETE")
    ),
    f"""
    CREATE TRIGGER match_proposal_insert BEFORE INSERT ON {PROPOSAL} BEGIN
      SELECT RAISE(ABORT, 'proposal: this run is finished')
      WHERE (SELECT state FROM {RUN} WHERE id = NEW.run_id) IN {FINISHED};
    END
    """,
]

POSTGRES = [
    """
    CREATE FUNCTION match_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'match run: what is written stays' USING ERRCODE = 'check_violation';
    END $$
    """,
    f"""
    CREATE FUNCTION match_run_open() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT state FROM {RUN} WHERE id = NEW.run_id) IN {FINISHED} THEN
        RAISE EXCEPTION 'proposal: this run is finished' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    f"""
    CREATE TRIGGER match_run_stays BEFORE UPDATE OR DELETE ON {RUN}
    FOR EACH ROW WHEN (OLD.state IN {FINISHED}) EXECUTE FUNCTION match_stays()
    """,
    f"CREATE TRIGGER match_proposal_stays BEFORE UPDATE OR DELETE ON {PROPOSAL} FOR EACH ROW EXECUTE FUNCTION match_stays()",
    f"CREATE TRIGGER match_proposal_open BEFORE INSERT ON {PROPOSAL} FOR EACH ROW EXECUTE FUNCTION match_run_open()",
]

SQLITE_AWAY = [
    f"DROP TRIGGER IF EXISTS {name}"
    for name in (
        "match_run_update",
        "match_run_delete",
        "match_proposal_update",
        "match_proposal_delete",
        "match_proposal_insert",
    )
]
POSTGRES_AWAY = [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in ("match_stays", "match_run_open")]


def install(apps, schema_editor) -> None:
    """Set the guards; for migrations. On SQLite a migration that rebuilds these tables has to set them again."""
    remove(apps, schema_editor)
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor) -> None:
    """Take the guards away."""
    for statement in {"sqlite": SQLITE_AWAY, "postgresql": POSTGRES_AWAY}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
