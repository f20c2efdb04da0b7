"""A migrated database, made once for each state of the migrations and copied for every run and worker."""

import fcntl
import hashlib
import json
import shutil
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command


def migrations() -> dict[str, str]:
    """A fingerprint of every migration there is, and the versions of what brings migrations along."""
    marks = {name: version(name) for name in ("django", "django-oscar", "wagtail", "django-tasks-db")}
    for config in apps.get_app_configs():
        for file in sorted((Path(config.path) / "migrations").glob("*.py")):
            marks[f"{config.label}/{file.name}"] = hashlib.sha1(file.read_bytes()).hexdigest()
    return marks


def digest() -> str:
    """Changes whenever a migration of ours or a version of what brings migrations changes."""
    return hashlib.sha1(json.dumps(migrations(), sort_keys=True).encode()).hexdigest()[:12]


def note(prepared: str) -> None:
    """Remember what a prepared database holds, for the next one to start from."""
    (settings.DATA_DIR / f"{prepared}.json").write_text(json.dumps(migrations()))


def ancestor(prefix: str, exists) -> str | None:
    """The prepared database that only lacks the newest migrations, if there is one: most of the work is done in it."""
    now, best, most = migrations(), None, 0
    for file in settings.DATA_DIR.glob(f"{prefix}*.json"):
        held = json.loads(file.read_text())
        if len(held) > most and held.items() <= now.items() and exists(file.stem):
            best, most = file.stem, len(held)
    return best


def checkout() -> str:
    """Two working copies on one machine test on one server without meeting."""
    return hashlib.sha1(str(settings.BASE_DIR).encode()).hexdigest()[:6]


@contextmanager
def alone(name: str):
    """Only one process at a time makes the prepared database."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.DATA_DIR / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepared_database(connection, worker: str):
    """The copy for one worker, by the engine in use."""
    kind = SqliteCopy if connection.vendor == "sqlite" else PostgresCopy
    return kind(connection, worker)


class SqliteCopy:
    """Files beside each other."""

    def __init__(self, connection, worker):
        self.connection = connection
        self.prepared = settings.DATA_DIR / f"prepared-{digest()}.sqlite3"
        self.copy = settings.DATA_DIR / f"test-{checkout()}-{worker}.sqlite3"

    def make(self):
        with alone(self.prepared.stem):
            if not self.prepared.exists():
                self.prepare()
        self.use(self.copy)
        self.drop()
        shutil.copy(self.prepared, self.copy)

    def prepare(self):
        unfinished = self.prepared.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        start = ancestor("prepared-", lambda name: self.file(name).exists())
        if start:
            shutil.copy(self.file(start), unfinished)
        self.use(unfinished)
        with self.connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
        call_command("migrate", verbosity=0)
        with self.connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()
        unfinished.rename(self.prepared)
        note(self.prepared.stem)

    def file(self, name) -> Path:
        return settings.DATA_DIR / f"{name}.sqlite3"

    def use(self, file):
        self.connection.close()
        self.connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = str(file)

    def drop(self):
        self.connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{self.copy}{end}").unlink(missing_ok=True)


class PostgresCopy:
    """Databases cloned from a template by the server."""

    def __init__(self, connection, worker):
        self.connection = connection
        self.prepared = f"yanxing_prepared_{digest()}"
        self.copy = f"yanxing_test_{checkout()}_{worker}"

    def make(self):
        with alone(self.prepared):
            if not self.exists(self.prepared):
                self.prepare()
            self.drop()
            self.on_server(f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.prepared}"')
        self.use(self.copy)

    def prepare(self):
        unfinished = f"{self.prepared}_unfinished"
        self.on_server(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)')
        start = ancestor("yanxing_prepared_", self.exists)
        if start:
            self.on_server(f'CREATE DATABASE "{unfinished}" TEMPLATE "{start}"')
        else:
            self.on_server(
                f'CREATE DATABASE "{unfinished}" TEMPLATE template0 '
                "ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
            )
        self.use(unfinished)
        call_command("migrate", verbosity=0)
        self.connection.close()
        self.on_server(f'ALTER DATABASE "{unfinished}" RENAME TO "{self.prepared}"')
        note(self.prepared)

    def exists(self, name) -> bool:
        return bool(self.on_server(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))

    def on_server(self, statement):
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # a copy waits for the disk as long as it takes
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None

    def use(self, name):
        self.connection.close()
        self.connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name

    def drop(self):
        self.connection.close()
        self.on_server(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')
