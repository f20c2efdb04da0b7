"""Making a copy."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from . import files
from .engines import Refused, engine_of
from .manifest import Manifest, hash_of


def take(folder: Path, *, at: datetime) -> Manifest:
    """Copy database and files to ``folder``, which must not be there yet. It appears whole or not at all. Raises Refused.

    The database comes first: a file that its rows name is there, unless it was deleted on purpose in between.
    """
    if folder.exists():
        raise Refused(f"{folder} is there already. Every copy gets a folder of its own.")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished.mkdir(mode=0o700)
    try:
        manifest = filled(unfinished, at)
        to_disk(unfinished)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return manifest


def filled(folder: Path, at: datetime) -> Manifest:
    engine = engine_of(connection)
    rows = engine.dump(folder / engine.file)
    hashes = {engine.file: hash_of(folder / engine.file)} | files.copy_out(folder)
    manifest = Manifest(
        made_at=at.isoformat(),
        engine=engine.name,
        engine_version=engine.version(),
        rows=rows,
        files=hashes,
        migrations=sorted(map(list, MigrationRecorder(connection).applied_migrations())),
    )
    manifest.write(folder)
    return manifest


def to_disk(folder: Path) -> None:
    """What the disk has only promised to write is written before the copy gets its name."""
    for path in [*folder.rglob("*"), folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
