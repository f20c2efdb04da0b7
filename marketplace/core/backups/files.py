"""Files people brought, through the storages that keep them, so that a folder and an object store are copied alike."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import Storage, storages

from .manifest import pieces

KEPT = {"files/media": "default", "files/private": "private"}
"""Folder of the copy → storage."""


def names(storage: Storage, below: str = "") -> Iterator[str]:
    """Every file of a storage."""
    try:
        folders, found = storage.listdir(below)
    except FileNotFoundError:
        return
    for name in sorted(found):
        yield f"{below}{name}"
    for folder in sorted(folders):
        yield from names(storage, f"{below}{folder}/")


def count() -> int:
    return sum(1 for storage in KEPT.values() for _name in names(storages[storage]))


def copy_out(folder: Path) -> dict[str, str]:
    """Write every file below ``folder``; returns name in the copy → hash. What is deleted meanwhile is left out."""
    hashes = {}
    for place, alias in KEPT.items():
        for name in names(storages[alias]):
            digest = written(storages[alias], name, folder / place / name)
            if digest:
                hashes[f"{place}/{name}"] = digest
    return hashes


def written(storage: Storage, name: str, target: Path) -> str:
    """Copy one file and return its hash; empty if it is gone."""
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with storage.open(name, "rb") as source, target.open("wb") as copy:
            for piece in pieces(source):
                digest.update(piece)
                copy.write(piece)
    except FileNotFoundError:
        target.unlink(missing_ok=True)
        return ""
    return digest.hexdigest()


def bring_in(folder: Path, wanted: dict[str, str]) -> None:
    """Put the files of a copy into their storages; a file that is there already with the same content stays."""
    for place, alias in KEPT.items():
        storage = storages[alias]
        for name in (key.removeprefix(f"{place}/") for key in wanted if key.startswith(f"{place}/")):
            if storage.exists(name):
                if hash_in(storage, name) == wanted[f"{place}/{name}"]:
                    continue
                storage.delete(name)
            with (folder / place / name).open("rb") as file:
                storage.save(name, File(file))


def differing(wanted: dict[str, str]) -> list[str]:
    """Files that are not in their storages as the copy has them."""
    lost = []
    for key, digest in wanted.items():
        place = next((each for each in KEPT if key.startswith(f"{each}/")), None)
        if place and hash_in(storages[KEPT[place]], key.removeprefix(f"{place}/")) != digest:
            lost.append(key)
    return lost


def hash_in(storage: Storage, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with storage.open(name, "rb") as file:
            for piece in pieces(file):
                digest.update(piece)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()
