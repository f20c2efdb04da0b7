"""The park itself: opened, furnished, and who sits on its committee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from marketplace.core import audit

from ..models import CommitteeMember, Desk, Park


@transaction.atomic
def open_park(*, by, **values: Any) -> Park:
    """A new park; the same name in the same place a second time is the park that is there."""
    key = {name: values.pop(name) for name in ("area", "name")}
    park, made = Park.objects.get_or_create(**key, defaults=values)
    if made:
        audit.record("park.opened", of=park, by=by, area=park.area)
    return park


@transaction.atomic
def change_park(*, park: Park, by, **values: Any) -> Park:
    """Say anew what is known of it."""
    for name, value in values.items():
        setattr(park, name, value)
    park.save()
    audit.record("park.changed", of=park, by=by)
    return park


@transaction.atomic
def add_desks(*, park: Park, labels: Sequence[str], by) -> int:
    """Desks of these labels; those that are there already stay as they are. Returns how many are new."""
    known = set(park.desks.select_for_update().values_list("label", flat=True))
    fresh = [label for label in dict.fromkeys(labels) if label not in known]
    Desk.objects.bulk_create([Desk(park=park, label=label) for label in fresh])
    if fresh:
        audit.record("park.desks_added", of=park, by=by, number=len(fresh))
    return len(fresh)


@transaction.atomic
def set_desk_use(*, desk: Desk, is_out_of_use: bool, by) -> Desk:
    """A broken desk is not offered; who has it keeps it."""
    desk.is_out_of_use = is_out_of_use
    desk.save(update_fields=["is_out_of_use"])
    audit.record("desk.out_of_use" if is_out_of_use else "desk.in_use", of=desk, by=by)
    return desk


@transaction.atomic
def appoint(*, park: Park, name: str, role: str, lines: Sequence[str], since: date, by) -> CommitteeMember:
    """Somebody joins the committee of mentors; whoever sits on it already stays as she is."""
    member, made = CommitteeMember.objects.get_or_create(
        park=park, name=name, until=None, defaults={"role": role, "lines": list(lines), "since": since}
    )
    if made:
        audit.record("committee.appointed", of=member, by=by)
    return member


@transaction.atomic
def leave_committee(*, member: CommitteeMember, on: date, by) -> CommitteeMember:
    """She sits on it until this day. Safe to repeat."""
    member = CommitteeMember.objects.select_for_update().get(pk=member.pk)
    if member.until is None:
        member.until = max(on, member.since)
        member.save(update_fields=["until"])
        audit.record("committee.left", of=member, by=by)
    return member
