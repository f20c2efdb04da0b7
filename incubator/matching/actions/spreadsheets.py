"""Registrations that come as spreadsheets: looked at first, then taken in, and taken back if they were wrong."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.core import signing
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import imports
from marketplace.core.models import ImportRun
from marketplace.core.private_files import private_storage
from marketplace.core.tables import read_table

from ..importers import SIDES
from ..models import Fair, FairState
from .fairs import Refusal, open_for_changes

SALT = "incubator.matching.sheet"


@dataclass(frozen=True)
class Preview:
    """What a file would do, and the token with which it is taken in."""

    file_name: str
    report: imports.Report
    token: str


def look_at(*, fair: Fair, side: str, data: bytes, file_name: str) -> Preview:
    """Read every row and change nothing; the file waits until somebody says yes. Raises UnreadableTable or UnusableSheet."""
    table = read_table(ContentFile(data), file_name)
    report = imports.look(SIDES[side](fair, table), table.rows)
    stored = private_storage().save(f"fairs/{fair.pk}/{uuid4().hex}", ContentFile(data))
    return Preview(file_name, report, signing.dumps([fair.pk, side, stored, file_name], salt=SALT))


@transaction.atomic
def take_in(*, fair: Fair, side: str, token: str, by, at) -> ImportRun:
    """Carry out what was looked at, once; Refusal for a file that was taken in already or belongs elsewhere."""
    fair = open_for_changes(fair)
    try:
        fair_id, meant, stored, file_name = signing.loads(token, salt=SALT, max_age=24 * 60 * 60)
    except signing.BadSignature:
        raise Refusal(_("This preview is too old. Please choose the file again.")) from None
    storage = private_storage()
    if (fair_id, meant) != (fair.pk, side) or not storage.exists(stored):
        raise Refusal(_("This file has been taken in already."))
    with storage.open(stored) as file:
        data = file.read()
    table = read_table(ContentFile(data), file_name)
    run = imports.apply(
        SIDES[side](fair, table),
        table.rows,
        file_name=file_name,
        digest=imports.digest(data),
        scope=fair.scope,
        by=by,
        at=at,
    )
    if fair.state == FairState.PLANNED:
        fair.move("register")
        fair.save(update_fields=["state"])
    transaction.on_commit(lambda: storage.delete(stored))
    return run


@transaction.atomic
def take_back(*, fair: Fair, run: ImportRun, by, at) -> ImportRun:
    """Undo an import of this fair as a whole; raises Refusal or imports.CannotUndo."""
    open_for_changes(fair)
    return imports.undo(run=run, by=by, at=at)
