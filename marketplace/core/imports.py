"""Tables that people bring, carried out in two steps: look first (dry run), then apply; and taken back if it was wrong.

An importer says what one row means: which record it speaks of and what its fields become. Everything else is common:
each data row is exactly one of new, updated, unchanged and refused; a refused row says why and stops no other.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.refusal import Refusal

from .models import ImportChange, ImportRun
from .tables import Row


class RefusedRow(Refusal):
    """This row cannot be taken; ``for_people`` says why, in the reader's language."""


@dataclass
class Meaning:
    """What a row wants: the record (unsaved if it is new) and the values its fields shall have."""

    record: models.Model
    values: Mapping[str, Any]

    @property
    def is_new(self) -> bool:
        return self.record._state.adding

    @property
    def is_change(self) -> bool:
        return any(getattr(self.record, name) != value for name, value in self.values.items())


class Importer(Protocol):
    """Reads rows of one kind. ``kind`` names it in the history."""

    kind: str

    def meaning(self, row: Row) -> Meaning:
        """What the row says, looked up and checked; raises RefusedRow."""

    def save(self, meaning: Meaning, by, at) -> None:
        """Write it (within a transaction). Usually: set the values and save; more where a verb of the app has to be called."""


class PlainImporter:
    """An importer whose records are simply saved."""

    def save(self, meaning: Meaning, by, at) -> None:
        for name, value in meaning.values.items():
            setattr(meaning.record, name, value)
        meaning.record.full_clean(validate_unique=False, validate_constraints=False)
        meaning.record.save()


@dataclass
class Report:
    """What a table would do, or did. ``read`` = new + updated + unchanged + refused."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[dict] = field(default_factory=list)
    meanings: list[tuple[Row, Meaning]] = field(default_factory=list)

    @property
    def refused(self) -> int:
        return len(self.errors)

    @property
    def read(self) -> int:
        return self.new + self.updated + self.unchanged + self.refused


def look(importer: Importer, rows: Iterable[Row]) -> Report:
    """Read every row and change nothing."""
    report = Report()
    for row in rows:
        try:
            meaning = importer.meaning(row)
        except RefusedRow as refusal:
            report.errors.append({"row": row.number, "why": refusal.for_people})
            continue
        if not meaning.is_new and not meaning.is_change:
            report.unchanged += 1
            continue
        report.meanings.append((row, meaning))
        report.new += meaning.is_new
        report.updated += not meaning.is_new
    return report


def digest(data: bytes) -> str:
    """What tells one file from another."""
    return hashlib.sha256(data).hexdigest()


@transaction.atomic
def apply(importer: Importer, rows: Iterable[Row], *, file_name: str, digest: str, scope: str, by, at) -> ImportRun:
    """Carry the table out and keep what is needed to take it back. Refused rows are left out and listed."""
    report = look(importer, rows)
    changes = []
    for row, meaning in report.meanings:
        before = None if meaning.is_new else fields_of(meaning)
        importer.save(meaning, by, at)
        changes.append((row.number, meaning.record, before, fields_of(meaning)))
    run = ImportRun.objects.create(
        kind=importer.kind,
        scope=scope,
        file_name=file_name[:200],
        digest=digest,
        by=by,
        at=at,
        new=report.new,
        updated=report.updated,
        unchanged=report.unchanged,
        errors=report.errors,
    )
    ImportChange.objects.bulk_create(
        [
            ImportChange(
                run=run,
                row=number,
                object_type=record._meta.label_lower,
                object_id=str(record.pk),
                before=before,
                after=after,
            )
            for number, record, before, after in changes
        ],
        batch_size=500,
    )
    audit.record("import.applied", of=run, by=by, new=run.new, updated=run.updated, refused=run.refused)
    return run


def fields_of(meaning: Meaning) -> dict[str, Any]:
    """The fields the row speaks of, as the record has them now; references as keys."""
    return {name: plain_value(getattr(meaning.record, name)) for name in meaning.values}


def plain_value(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


class CannotUndo(Refusal):
    """The import was undone already, or records were changed since; ``for_people`` says which."""


@transaction.atomic
def undo(*, run: ImportRun, by, at) -> ImportRun:
    """Put every record back as it was before the run; records it made are deleted. All or nothing: raises CannotUndo."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.undone_at is not None:
        raise CannotUndo(_("This import has been undone already."))
    for change in run.changes.order_by("-id"):
        take_back(change)
    run.undone_at = at
    run.save(update_fields=["undone_at"])
    audit.record("import.undone", of=run, by=by)
    return run


def take_back(change: ImportChange) -> None:
    model = apps.get_model(change.object_type)
    record = model._default_manager.select_for_update(of=("self",)).filter(pk=change.object_id).first()
    if record is None or not is_as_left(record, change):
        raise CannotUndo(_("Row %(row)s was changed after the import. Nothing was undone.") % {"row": change.row})
    if change.before is None:
        delete_or_refuse(record, change)
        return
    for name, value in change.before.items():
        setattr(record, record._meta.get_field(name).attname, record._meta.get_field(name).to_python(value))
    record.save(update_fields=list(change.before))


def delete_or_refuse(record: models.Model, change: ImportChange) -> None:
    try:
        record.delete()
    except models.ProtectedError:
        raise CannotUndo(_("Row %(row)s is used elsewhere by now. Nothing was undone.") % {"row": change.row}) from None


def is_as_left(record: models.Model, change: ImportChange) -> bool:
    """True if nobody has changed the fields since."""
    return all(
        record._meta.get_field(name).to_python(value) == getattr(record, record._meta.get_field(name).attname)
        for name, value in change.after.items()
    )
