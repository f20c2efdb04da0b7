"""The meeting timetable of a fair."""

from __future__ import annotations

from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.refusal import Refusal

from ..engine.timetable import TooNarrow, schedule
from ..models import Fair, Meeting, Timetable
from .fairs import locked


@transaction.atomic
def make_timetable(*, fair: Fair, tables: int, slots: int, begins: time, minutes: int, by, at) -> Timetable:
    """Give every pair of the plan a table and a round; the same room a second time is the timetable that is there. Raises Refusal."""
    fair = locked(fair)
    if fair.plan is None:
        raise Refusal(_("Approve a match run first: meetings are made from it."))
    room = {"tables": tables, "slots": slots, "begins": begins, "minutes": minutes}
    known = Timetable.objects.filter(run=fair.plan, **room).first()
    if known is not None:
        return known
    proposals = list(fair.plan.proposals.select_related("product", "partner"))
    pairs = [(each.product.delegation, each.partner.code) for each in proposals]
    try:
        places = schedule(pairs, slots=slots, tables=tables)
    except TooNarrow as narrow:
        said = _("Not enough room: %(n)s meetings need at least %(slots)s rounds and %(tables)s tables.")
        needed = {"n": len(pairs), "slots": narrow.slots, "tables": narrow.tables}
        raise Refusal(said % needed) from None
    made = Timetable.objects.create(fair=fair, run=fair.plan, by=by, made_at=at, **room)
    Meeting.objects.bulk_create(
        [
            Meeting(timetable=made, proposal=each, host=host, guest=guest, slot=place.slot, table=place.table)
            for each, (host, guest), place in zip(proposals, pairs, places, strict=True)
        ],
        batch_size=500,
    )
    audit.record("fair.timetable_made", of=made, by=by, meetings=len(places))
    return made
