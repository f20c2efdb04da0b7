"""Snapshots: taken by one person, released by another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.matching.words import place
from marketplace.core import audit
from marketplace.core.refusal import Refusal

from .computing import METHOD, compute
from .differencing import TABLES, GivesAway, shown_households
from .models import Snapshot


@transaction.atomic
def take_snapshot(*, area: str, since: date, until: date, by, at: datetime) -> Snapshot:
    """Add up what is on record now; nobody outside sees it yet. One that says the same of the same days is that one. Refusal
    where it would give away a small count beside one that is released."""
    figures = computed(area, since, until, at)
    last = Snapshot.objects.filter(area=area, since=since, until=until, released_at=None).first()
    if last is not None and last.figures == figures:
        return last
    made = Snapshot.objects.create(
        area=area, since=since, until=until, method=METHOD, figures=figures, taken_at=at, by=by
    )
    audit.record("snapshot.taken", of=made, by=by)
    return made


def computed(area: str, since: date, until: date, at: datetime) -> dict[str, Any]:
    try:
        return compute(area, since, until, at)
    except GivesAway as found:
        said = _(
            "Beside the released snapshot of %(place)s until %(day)s this one would give away a count below 10. "
            "Choose other days, or wait until more has changed."
        )
        raise Refusal(said % {"place": place(found.snapshot.area), "day": found.snapshot.until}) from None


def closed(figures: dict[str, Any]) -> set[tuple[str, str]]:
    """Which cells are hidden."""
    found = {(table, str(row["key"])) for table in TABLES for row in figures[table] if row["orders"] is None}
    return found | ({("households", "")} if figures.get("households") is None else set())


@transaction.atomic
def release(*, snapshot: Snapshot, by, at: datetime) -> Snapshot:
    """Publish it, for good. Refusal for whoever took it, and where one released meanwhile asks for more to be hidden; a second
    press changes nothing."""
    list(Snapshot.objects.select_for_update().order_by("pk").values_list("pk"))
    snapshot = Snapshot.objects.select_for_update().get(pk=snapshot.pk)
    if snapshot.released_at is not None:
        return snapshot
    if snapshot.by_id == by.pk:
        raise Refusal(_("A second person has to release it; you took it yourself."))
    now = computed(snapshot.area, snapshot.since, snapshot.until, snapshot.taken_at)
    now["households"] = shown_households(snapshot.area, snapshot.figures.get("households"))
    if not closed(now) <= closed(snapshot.figures):
        raise Refusal(_("A snapshot released meanwhile asks for more to be hidden. Take this one again."))
    snapshot.released_by, snapshot.released_at = by, at
    snapshot.save(update_fields=["released_by", "released_at"])
    audit.record("snapshot.released", of=snapshot, by=by)
    return snapshot
