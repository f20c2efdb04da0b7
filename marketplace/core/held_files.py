"""Files that wait between a preview and a yes: kept privately, named by a token that cannot be made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.core import signing
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from marketplace.core.refusal import Refusal

from .private_files import private_storage

SALT = "marketplace.core.held_files"
KEPT_SECONDS = 24 * 60 * 60


class NotHeld(Refusal):
    """The file was used already, waited too long, or waits for something else; ``for_people`` says so."""


@dataclass(frozen=True)
class HeldFile:
    """A file that waits. ``let_go`` it once it was used, in the end of the transaction."""

    name: str
    stored: str

    def read(self) -> bytes:
        with private_storage().open(self.stored) as file:
            return file.read()

    def let_go(self) -> None:
        private_storage().delete(self.stored)


def hold(data: bytes, name: str, *, purpose: str) -> str:
    """Keep a file for a purpose (``fair:3:products``); returns the token under which it waits."""
    stored = private_storage().save(f"held/{uuid4().hex}", ContentFile(data))
    return signing.dumps([purpose, stored, name], salt=SALT)


def forget(at: datetime) -> int:
    """Delete files that nobody took in while their token was good; returns how many."""
    storage, gone = private_storage(), 0
    try:
        names = storage.listdir("held")[1]
    except FileNotFoundError:  # no folder yet; a store has none ever
        return 0
    for name in names:
        if storage.get_modified_time(f"held/{name}") < at - timedelta(seconds=KEPT_SECONDS):
            storage.delete(f"held/{name}")
            gone += 1
    return gone


def held(token: str, *, purpose: str) -> HeldFile:
    """The file that waits under this token for this purpose; raises NotHeld."""
    try:
        meant, stored, name = signing.loads(token, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        raise NotHeld(_("This preview is too old. Please choose the file again.")) from None
    if meant != purpose or not private_storage().exists(stored):
        raise NotHeld(_("This file has been taken in already."))
    return HeldFile(name, stored)
