"""The site again, from a copy."""

from dataclasses import dataclass, field
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from . import files
from .engines import Engine, Refused, engine_of
from .manifest import Manifest


@dataclass
class Outcome:
    """What was restored, and what of it is not as in the copy: a list that has to be empty."""

    manifest: Manifest
    differences: list[str] = field(default_factory=list)
    unknown_migrations: list[str] = field(default_factory=list)


def restore(folder: Path, *, replace: bool = False) -> Outcome:
    """Put the copy in the place of what is there. Raises Refused before anything is touched, and without ``replace`` for a site
    that has accounts or files. The database changes all at once; files that are not in the copy stay.

    Whoever repeats it after it was interrupted loses nothing: files already there are compared, not written again.
    """
    manifest, engine = readable(folder), engine_of(connection)
    if manifest.engine != engine.name:
        raise Refused(f"The copy is of {manifest.engine}, this site keeps its data in {engine.name}.")
    engine.check(manifest.engine_version)
    if not replace and not (engine.is_empty() and files.count() == 0):
        raise Refused("This site has accounts or files. To put the copy in their place, say --replace.")
    files.bring_in(folder, manifest.files)
    engine.load(folder / engine.file)
    cache.clear()
    return Outcome(manifest, [*unlike(engine, manifest), *files.differing(manifest.files)], unknown(manifest))


def readable(folder: Path) -> Manifest:
    """The manifest of a whole and unchanged copy."""
    try:
        manifest = Manifest.read(folder)
    except (OSError, ValueError, TypeError) as error:
        raise Refused(f"There is no copy in {folder}: {error}") from error
    spoilt = manifest.spoilt(folder)
    if spoilt:
        raise Refused(f"{len(spoilt)} files of the copy are missing or changed, the first is {spoilt[0]}.")
    return manifest


def unlike(engine: Engine, manifest: Manifest) -> list[str]:
    """Tables that do not hold as many rows as in the copy."""
    now = engine.rows()
    return [
        f"{table}: {now.get(table, 0)} rows, not {wanted}"
        for table, wanted in manifest.rows.items()
        if now.get(table) != wanted
    ]


def unknown(manifest: Manifest) -> list[str]:
    """Migrations of the copy that this version of the code does not have: the copy may be of a later one."""
    loader = MigrationLoader(None)
    mine = set(loader.disk_migrations) | {key for each in loader.disk_migrations.values() for key in each.replaces}
    return [
        f"{app}.{name}"
        for app, name in map(tuple, manifest.migrations)
        if app in loader.migrated_apps and (app, name) not in mine
    ]
