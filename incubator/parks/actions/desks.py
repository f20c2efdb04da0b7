"""Whose desk it is, and when."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.core.refusal import Refusal

from ..models import Desk, DeskBooking, Tenancy
from .tenancies import locked, note


@transaction.atomic
def book_desk(*, desk: Desk, tenancy: Tenancy, since: date, until: date | None, by, at) -> DeskBooking:
    """The desk is this team's in these days; a second press changes nothing. Raises Refusal, also where two ask at once."""
    tenancy = locked(tenancy)
    known = DeskBooking.objects.filter(desk=desk, tenancy=tenancy, since=since, until=until).first()
    if known is not None:
        return known
    refuse_unfit(desk, tenancy, since, until)
    try:
        with transaction.atomic():
            booking = DeskBooking.objects.create(desk=desk, tenancy=tenancy, since=since, until=until)
    except IntegrityError:
        raise Refusal(_("Desk %(desk)s is taken in these days.") % {"desk": desk.label}) from None
    note(tenancy, "desk_booked", by=by, at=at, subject=desk.label)
    return booking


def refuse_unfit(desk: Desk, tenancy: Tenancy, since: date, until: date | None) -> None:
    """Raise Refusal for a desk, a team or days that cannot be."""
    if desk.park_id != tenancy.park_id or desk.is_out_of_use:
        raise Refusal(_("This desk cannot be given out."))
    if not tenancy.is_housed:
        raise Refusal(_("Only a team that was approved can have a desk."))
    if until is not None and until < since:
        raise Refusal(_("It cannot end before it begins."))


@transaction.atomic
def free_desk(*, booking: DeskBooking, on: date, by, at) -> None:
    """The desk is the team's until this day; a booking that has not begun by then is gone. Safe to repeat."""
    tenancy = locked(booking.tenancy)
    booking = DeskBooking.objects.select_for_update().select_related("desk").get(pk=booking.pk)
    if booking.until is not None and booking.until <= on:
        return
    if booking.since > on:
        booking.delete()
    else:
        booking.until = on
        booking.save(update_fields=["until"])
    note(tenancy, "desk_freed", by=by, at=at, subject=booking.desk.label)
