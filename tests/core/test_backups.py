"""The drill: a site with data is copied, wrecked and put back, and nothing is missing."""

import hashlib
import json
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from marketplace.accounts.models import Session, User
from marketplace.accounts.sessions import SessionStore
from marketplace.catalogue.models import Product
from marketplace.core import backups
from marketplace.core.backups import engines, files, postgres, schemas
from marketplace.core.private_files import private_storage
from tests import shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folders(settings, tmp_path):
    """Media and private files of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "media"
    private_storage().__dict__.pop("location", None)
    before = private_storage()._location
    private_storage()._location = tmp_path / "private"
    for name in ("base_location", "location"):
        private_storage().__dict__.pop(name, None)
    yield tmp_path
    private_storage()._location = before
    for name in ("base_location", "location"):
        private_storage().__dict__.pop(name, None)


@pytest.fixture
def demonstration(folders):
    """All there is to show; takes its time, so one test is enough."""
    with transaction.atomic():
        call_command("load_demo", stdout=StringIO())


@pytest.fixture
def site(folders):
    """Somebody signed in, who bought something, and a file of each kind."""
    buyer = User.objects.create_user(mobile="13900000002", password="rice-in-autumn")
    shop.buy(shop.product(shop.seller(fee="6.00")), owner=buyer)
    default_storage.save("示例/米.webp", ContentFile(b"rice" * 1000))
    private_storage().save("slips/a.webp", ContentFile(b"slip" * 1000))
    Session.objects.create(session_key="k" * 32, session_data="-", expire_date=SessionStore().get_expiry_date())


def say(command, *args, **options):
    out = StringIO()
    call_command(command, *map(str, args), stdout=out, stderr=out, **options)
    return out.getvalue()


def every_row() -> dict[str, tuple[int, str]]:
    """Number and hash of all rows of every table that is copied."""
    found = {}
    with connection.cursor() as cursor:
        for table in engines.engine_of(connection).rows():
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def every_file() -> dict[str, str]:
    from django.core.files.storage import storages

    return {
        f"{place}/{name}": files.hash_in(storages[alias], name)
        for place, alias in files.KEPT.items()
        for name in files.names(storages[alias])
    }


class TestTheDrill:
    def test_loses_no_row_and_no_file(self, demonstration, site, folders):
        rows, kept = every_row(), every_file()
        said = say("backup", folders / "copy")
        self.wreck()

        back = say("restore", folders / "copy", replace=True)

        assert "0 rows and 0 files lost" in back
        assert every_row() == rows
        assert every_file() == kept
        total = sum(number for number, _hash in rows.values())
        assert f"{total} rows of {len(rows)} tables, {len(kept)} files" in said

    def wreck(self):
        """What a bad day does: tables emptied, a table gone, files deleted and overwritten."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM core_auditentry")
            cursor.execute("UPDATE catalogue_product SET title = 'x'")
            cursor.execute("DROP TABLE favourites_favourite")
            cursor.execute("CREATE TABLE left_over (id integer)")
        default_storage.delete("示例/米.webp")
        private_storage().delete("slips/a.webp")
        private_storage().save("slips/a.webp", ContentFile(b"another"))

    def test_brings_a_site_back_that_nobody_has(self, folders):
        User.objects.create_user(mobile="13900000003", password="rice-in-autumn")
        name = default_storage.save("示例/米.webp", ContentFile(b"rice"))
        say("backup", folders / "copy")
        User.objects.all().delete()
        default_storage.delete(name)

        say("restore", folders / "copy")

        assert User.objects.get().get_username() == "+8613900000003"
        assert default_storage.open(name).read() == b"rice"


class TestACopy:
    def test_holds_no_keys_of_sessions_and_no_key_of_ours(self, site, folders, settings):
        settings.FIELD_KEY = "a-field-key-that-is-secret"
        say("backup", folders / "copy")

        held = b"".join(path.read_bytes() for path in (folders / "copy").rglob("*") if path.is_file())

        assert b"k" * 32 not in held
        assert settings.FIELD_KEY.encode() not in held and settings.SECRET_KEY.encode() not in held
        assert "accounts_session" not in json.loads((folders / "copy/manifest.json").read_text())["rows"]

    def test_is_for_its_owner_alone(self, folders):
        say("backup", folders / "copy")

        assert (folders / "copy").stat().st_mode & 0o077 == 0

    def test_is_not_written_over_another_one(self, folders):
        say("backup", folders / "copy")

        with pytest.raises(CommandError, match="there already"):
            say("backup", folders / "copy")

    def test_is_there_whole_or_not_at_all(self, folders, monkeypatch):
        monkeypatch.setattr(files, "copy_out", lambda folder: 1 / 0)

        with pytest.raises(ZeroDivisionError):
            say("backup", folders / "copies/copy")

        assert list((folders / "copies").iterdir()) == []


class TestRestoring:
    def test_refuses_a_site_with_accounts(self, folders):
        say("backup", folders / "copy")
        User.objects.create_user(mobile="13900000001", password="rice-in-autumn")

        with pytest.raises(CommandError, match="--replace"):
            say("restore", folders / "copy")

        assert User.objects.count() == 1

    def test_refuses_a_site_with_files(self, folders):
        say("backup", folders / "copy")
        default_storage.save("a.webp", ContentFile(b"a"))

        with pytest.raises(CommandError, match="--replace"):
            say("restore", folders / "copy")

    @pytest.mark.parametrize("harm", ["changed", "missing"])
    def test_refuses_a_spoilt_copy(self, site, folders, harm):
        say("backup", folders / "copy")
        file = folders / "copy/files/private/slips/a.webp"
        file.write_bytes(b"changed") if harm == "changed" else file.unlink()

        with pytest.raises(CommandError, match="missing or changed"):
            say("restore", folders / "copy", replace=True)

    def test_refuses_a_copy_of_the_other_engine(self, folders):
        self.told_in_the_manifest(folders, engine="oracle")

        with pytest.raises(CommandError, match="oracle"):
            say("restore", folders / "copy")

    def test_refuses_a_copy_of_a_later_engine(self, folders):
        self.told_in_the_manifest(folders, engine_version=99)

        with pytest.raises(CommandError, match="99"):
            say("restore", folders / "copy")

    def test_names_migrations_it_does_not_know(self, folders):
        self.told_in_the_manifest(folders, migrations=[["core", "9999_from_the_future"]])

        assert "core.9999_from_the_future" in say("restore", folders / "copy")

    def test_says_what_is_not_as_in_the_copy(self, folders):
        self.told_in_the_manifest(folders, rows={"core_event": 7})

        with pytest.raises(SystemExit):
            say("restore", folders / "copy")

    def test_leaves_the_database_as_it_was_when_the_copy_breaks_off(self, site, folders):
        goods = Product.objects.count()
        say("backup", folders / "copy")
        engine = engines.engine_of(connection)
        copy = folders / "copy" / engine.file
        copy.write_bytes(copy.read_bytes()[: copy.stat().st_size * 3 // 4])

        with pytest.raises(Exception):  # noqa: B017, PT011
            engine.load(copy)

        connection.close()
        assert Product.objects.count() == goods

    def told_in_the_manifest(self, folders, **changes):
        say("backup", folders / "copy")
        path = folders / "copy/manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | changes))


if connection.vendor == "postgresql":  # SQLite's copy is one file, put in the place of another

    class TestBuildingBesideWhatStands:
        def test_clears_what_an_interrupted_restore_left(self, site, folders):
            with connection.cursor() as cursor:
                cursor.execute("CREATE SCHEMA yanxing_arriving")
                cursor.execute("CREATE TABLE yanxing_arriving.half (id integer)")
            say("backup", folders / "copy")

            say("restore", folders / "copy", replace=True)

            assert self.schemas() == {"public"}

        def test_leaves_schemas_of_others_alone(self, site, folders):
            say("backup", folders / "copy")
            with connection.cursor() as cursor:
                cursor.execute("CREATE SCHEMA arriving")

            say("restore", folders / "copy", replace=True)

            assert self.schemas() == {"public", "arriving"}

        def test_is_done_though_somebody_still_reads_an_old_table(self, site, folders, monkeypatch, caplog):
            say("backup", folders / "copy")
            take_place, readers = schemas.take_place, []

            def and_somebody_reads(cursor):
                take_place(cursor)
                readers.append(connection.Database.connect(**connection.get_connection_params()))
                readers[0].execute("SELECT * FROM yanxing_leaving.catalogue_product").fetchall()

            monkeypatch.setattr(schemas, "take_place", and_somebody_reads)
            said = say("restore", folders / "copy", replace=True)
            readers[0].close()

            assert "0 rows and 0 files lost" in said
            assert "until the next restore" in caplog.text
            assert self.schemas() == {"public", "yanxing_leaving"}

        def test_cuts_off_whoever_is_at_work_on_the_old_tables(self, site, folders):
            say("backup", folders / "copy")
            writer = connection.Database.connect(**connection.get_connection_params())
            writer.execute("SELECT 1 FROM catalogue_product")

            say("restore", folders / "copy", replace=True)

            with pytest.raises(connection.Database.OperationalError):
                writer.execute("SELECT 1")

        def test_is_refused_where_an_extension_would_go_with_the_old_tables(self, site, folders):
            say("backup", folders / "copy")
            with connection.cursor() as cursor:
                cursor.execute("CREATE EXTENSION citext")

            with pytest.raises(CommandError, match="citext"):
                say("restore", folders / "copy", replace=True)

            with connection.cursor() as cursor:
                cursor.execute("DROP EXTENSION citext")

        def test_holds_no_lock_for_every_table(self, site, folders, monkeypatch):
            say("backup", folders / "copy")
            held, take_place = [], schemas.take_place
            monkeypatch.setattr(
                schemas, "take_place", lambda cursor: (held.append(self.locks(cursor)), take_place(cursor))
            )

            say("restore", folders / "copy", replace=True)

            assert held[0] < 20

        def locks(self, cursor) -> int:
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database()"
            )
            return cursor.fetchone()[0]

        def schemas(self) -> set[str]:
            with connection.cursor() as cursor:
                cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$'")
                return {name for (name,) in cursor.fetchall()}


class TestAnotherSchema:
    def test_is_named_in_the_statements_and_not_in_the_rows(self):
        script = [
            b"CREATE TABLE public.a (is_public boolean, n integer DEFAULT nextval('public.a_n_seq'::regclass));\n",
            b"COPY public.a (n) FROM stdin;\n",
            b"see public.a\n",
            b"COPY public.a (n) FROM stdin;\n",
            b"\\.\n",
            b"CREATE INDEX i ON public.a USING btree (n);\n",
            b"COMMENT ON SCHEMA public IS '';\n",
        ]

        assert list(schemas.renamed(script)) == [
            b"CREATE TABLE yanxing_arriving.a (is_public boolean, n integer DEFAULT nextval('yanxing_arriving.a_n_seq'::regclass));\n",
            b"COPY yanxing_arriving.a (n) FROM stdin;\n",
            b"see public.a\n",
            b"COPY public.a (n) FROM stdin;\n",
            b"\\.\n",
            b"CREATE INDEX i ON yanxing_arriving.a USING btree (n);\n",
            b"COMMENT ON SCHEMA yanxing_arriving IS '';\n",
        ]


class TestTools:
    """PostgreSQL's programs, made up by small scripts where the real ones would have to be of another version."""

    @pytest.fixture
    def old_pg_dump(self, tmp_path, monkeypatch):
        script = tmp_path / "bin/pg_dump"
        script.parent.mkdir()
        script.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 11.4'\n")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", str(script.parent))

    def test_that_are_older_than_the_server_are_named(self, old_pg_dump):
        with pytest.raises(backups.Refused, match="is of PostgreSQL 11, the server is PostgreSQL 15"):
            postgres.tool("pg_dump", at_least=15, because="the server")

    def test_that_are_missing_are_named(self, old_pg_dump):
        with pytest.raises(backups.Refused, match="pg_restore is not on this machine"):
            postgres.tool("pg_restore")
