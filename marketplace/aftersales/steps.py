"""How a case moves: locks, deadlines, the entry that stays. For the verbs of this app only."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from marketplace.core import audit, events
from marketplace.core.refusal import Refusal
from marketplace.core.text import mask_numbers
from marketplace.order import actions as orders

from .models import Case, CaseEntry, CasePhoto
from .states import Side

LONGEST = 500


class CaseRefused(Refusal):
    """This cannot be asked for or agreed; nothing was written. ``for_people`` says why in the reader's language."""


class AlreadyOpen(CaseRefused):
    """There is an open case of this order: ``case``."""

    def __init__(self, case: Case):
        super().__init__(_("There is already an open request for this order."))
        self.case = case


def locked_case(case: Case) -> Case:
    """The case with its purchase, its order and itself locked, in that order."""
    order = orders.locked_order(case.order_id)
    case = Case.objects.select_for_update().get(pk=case.pk)
    case.order = order
    return case


def step(case: Case, move: str, side: Side, by, at, text: str = "", photos: Iterable[ContentFile] = ()) -> None:
    """Move a locked case, set the next deadline or close it, and write down who did what."""
    case.move(move)
    turn = case.turn
    case.due_at, case.closed_at = (at + turn.within, None) if turn else (None, at)
    case.save()
    note(case, move, side, by, at, text, photos)
    if turn is None:
        case.order.refresh_from_db()
        orders.resume_receipt(order=case.order, at=at)
        events.announce("case_closed", case=case.pk, order=case.order_id)
    audit.record(f"case.{move}", of=case, by=by, side=side)


def note(case: Case, move: str, side: Side, by, at, text: str, photos: Iterable[ContentFile] = ()) -> CaseEntry:
    """One entry with its photos; numbers of phones are masked in what people write."""
    entry = CaseEntry.objects.create(
        case=case, side=side, by=by, at=at, move=move, state=case.state, text=mask_numbers(text)[:LONGEST]
    )
    for photo in photos:
        shown = CasePhoto(entry=entry)
        shown.file.save(f"{case.number}.webp", photo, save=True)
    events.announce("case_moved", case=case.pk, entry=entry.pk)
    return entry
