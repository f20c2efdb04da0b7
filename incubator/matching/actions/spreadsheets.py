"""Registrations that come as spreadsheets: looked at first, then taken in, and taken back if they were wrong."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction

from marketplace.core import imports
from marketplace.core.held_files import held, hold
from marketplace.core.models import ImportRun
from marketplace.core.tables import read_table

from ..importers import SIDES
from ..models import Fair, FairState
from .fairs import open_for_changes


def purpose(fair: Fair, side: str) -> str:
    """What a file waits for."""
    return f"{fair.scope}:{side}"


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
    return Preview(file_name, report, hold(data, file_name, purpose=purpose(fair, side)))


@transaction.atomic
def take_in(*, fair: Fair, side: str, token: str, by, at) -> ImportRun:
    """Carry out what was looked at, once; Refusal for a file that was taken in already or belongs elsewhere."""
    fair = open_for_changes(fair)
    file = held(token, purpose=purpose(fair, side))
    data = file.read()
    table = read_table(ContentFile(data), file.name)
    run = imports.apply(
        SIDES[side](fair, table),
        table.rows,
        file_name=file.name,
        digest=imports.digest(data),
        scope=fair.scope,
        by=by,
        at=at,
    )
    if fair.state == FairState.PLANNED:
        fair.move("register")
        fair.save(update_fields=["state"])
    transaction.on_commit(file.let_go)
    return run


@transaction.atomic
def take_back(*, fair: Fair, run: ImportRun, by, at) -> ImportRun:
    """Undo an import of this fair as a whole; raises Refusal or imports.CannotUndo."""
    open_for_changes(fair)
    return imports.undo(run=run, by=by, at=at)
