"""What is done with households. Audit rows never hold who they are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.members.models import Cooperative
from marketplace.core import audit, consent
from marketplace.core.encryption import blind_index
from marketplace.core.refusal import Refusal

from .models import Household, HouseholdLink

PURPOSE = "household_record"
CONSENT_VERSION = "2026-11"


@transaction.atomic
def register(
    *, cooperative: Cooperative, kind: str, since: date, agreed: bool, by, at: datetime, **fields: Any
) -> Household:
    """A household that agreed to be recorded, linked to a cooperative; one known by its identity number is linked, not doubled."""
    if not agreed:
        raise Refusal(_("Without the household's consent nothing about it may be recorded."))
    number = "".join(fields.get("identity_number", "").split()).upper()
    mark = blind_index(number) if number else ""
    household = Household.objects.filter(identity_mark=mark).first() if mark else None
    if household is None:
        fields |= {"identity_number": number, "identity_mark": mark}
        household = Household.objects.create(by=by, made_at=at, **fields)
        audit.record("household.registered", of=household, by=by)
    consent.give(purpose=PURPOSE, version=CONSENT_VERSION, at=at, subject=household.subject, by=by)
    link, made = HouseholdLink.objects.get_or_create(
        household=household, cooperative=cooperative, kind=kind, until=None, defaults={"since": since}
    )
    if made:
        audit.record("household.linked", of=link, by=by)
    return household


def reveal(*, household: Household, by) -> Household:
    """Who it is, for somebody who may know; each reading is noted."""
    audit.record("household.read", of=household, by=by)
    return household


def note_export(*, households: list[Household], by, purpose: str) -> None:
    """A row for each household whose record left the house, with the kind of purpose and no words of people."""
    for household in households:
        audit.record("household.exported", of=household, by=by, purpose=purpose)


@transaction.atomic
def withdraw(*, household: Household, by, at: datetime) -> Household:
    """The household takes its consent back: who it was is erased, its links stay as numbers. Safe to repeat."""
    household = Household.objects.select_for_update().get(pk=household.pk)
    consent.withdraw(purpose=PURPOSE, at=at, subject=household.subject, by=by)
    if household.erased_at is None:
        household.name = household.phone = household.identity_number = household.identity_mark = ""
        household.people, household.erased_at = None, at
        household.save()
        audit.record("household.erased", of=household, by=by)
    return household


@transaction.atomic
def end_link(*, link: HouseholdLink, on: date, by) -> HouseholdLink:
    """The link holds until this day. Safe to repeat."""
    link = HouseholdLink.objects.select_for_update().get(pk=link.pk)
    if link.until is None:
        link.until = max(on, link.since)
        link.save(update_fields=["until"])
        audit.record("household.link_ended", of=link, by=by)
    return link
