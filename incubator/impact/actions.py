"""Snapshots: taken by one person, released by another."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.refusal import Refusal

from .computing import METHOD, compute
from .models import Snapshot


@transaction.atomic
def take_snapshot(*, area: str, since: date, until: date, by, at: datetime) -> Snapshot:
    """Add up what is on record now; nobody outside sees it yet. One that says the same of the same days is that one."""
    figures = compute(area, since, until, at)
    last = Snapshot.objects.filter(area=area, since=since, until=until, released_at=None).first()
    if last is not None and last.figures == figures:
        return last
    made = Snapshot.objects.create(
        area=area, since=since, until=until, method=METHOD, figures=figures, taken_at=at, by=by
    )
    audit.record("snapshot.taken", of=made, by=by)
    return made


@transaction.atomic
def release(*, snapshot: Snapshot, by, at: datetime) -> Snapshot:
    """Publish it, for good. Refusal for whoever took it; a second press changes nothing."""
    snapshot = Snapshot.objects.select_for_update().get(pk=snapshot.pk)
    if snapshot.released_at is not None:
        return snapshot
    if snapshot.by_id == by.pk:
        raise Refusal(_("A second person has to release it; you took it yourself."))
    snapshot.released_by, snapshot.released_at = by, at
    snapshot.save(update_fields=["released_by", "released_at"])
    audit.record("snapshot.released", of=snapshot, by=by)
    return snapshot
