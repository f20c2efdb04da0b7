"""Complaining, looking into it, asking the seller, answering. What people type is text; numbers of phones in it are masked."""

from collections.abc import Iterable
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.catalogue.models import Product
from marketplace.core import audit, events
from marketplace.core.refusal import Refusal
from marketplace.core.text import mask_numbers
from marketplace.order.models import Order
from marketplace.partner.models import Partner

from .models import LONGEST, Complaint, ComplaintPhoto
from .states import ANSWERED_WITHIN, Kind, Outcome

MOST_PHOTOS = 6
MOST_OPEN = 5
"""So many complaints of one person, or by the link of one purchase, may wait at once."""


class ComplaintRefused(Refusal):
    """This cannot be done; nothing changed. ``for_people`` says why."""


@transaction.atomic
def make(
    *,
    about: Partner | Product | Order,
    kind: Kind,
    text: str,
    photos: Iterable[ContentFile] = (),
    key: UUID,
    by,
    at,
) -> Complaint:
    """Tell the platform; the same ``key`` again is the complaint there is. Raises ComplaintRefused when too many wait."""
    existing = Complaint.objects.filter(key=key).first()
    if existing is not None:
        return existing
    refuse_too_many(about, by)
    complaint, made = Complaint.objects.get_or_create(
        key=key,
        defaults=subject(about)
        | {
            "kind": kind,
            "text": cleaned(text),
            "user": by,
            "language": get_language() or "",
            "made_at": at,
            "due_at": at + ANSWERED_WITHIN,
        },
    )
    if not made:
        return complaint
    for photo in list(photos)[:MOST_PHOTOS]:
        shown = ComplaintPhoto(complaint=complaint)
        shown.file.save("photo.webp", photo, save=True)
    audit.record("complaint.made", of=complaint, by=by, kind=kind)
    return complaint


def subject(about: Partner | Product | Order) -> dict:
    """The columns that say what it is about."""
    if isinstance(about, Order):
        return {"order": about, "seller": about.seller, "about": about.number}
    if isinstance(about, Product):
        return {"product": about, "seller": about.seller, "about": about.title[:200]}
    return {"seller": about, "about": about.name[:200]}


def refuse_too_many(about, by) -> None:
    hers = Complaint.objects.open().filter(user=by) if by else Complaint.objects.open().filter(user=None, order=about)
    if hers.count() >= MOST_OPEN:
        raise ComplaintRefused(_("Please wait until we have answered your other complaints."))


@transaction.atomic
def take_up(*, complaint: Complaint, by, at) -> Complaint:
    """Somebody of staff looks into it. Raises IllegalMove."""
    complaint = locked(complaint)
    complaint.move("take_up")
    complaint.handled_by = by
    complaint.save(update_fields=["state", "handled_by"])
    audit.record("complaint.taken_up", of=complaint, by=by)
    return complaint


@transaction.atomic
def tell_seller(*, complaint: Complaint, text: str, by, at) -> Complaint:
    """Staff ask the seller about it in words of their own, once; she learns neither who complained nor what was written.
    Raises ComplaintRefused."""
    complaint = locked(complaint)
    if not complaint.is_open or complaint.told_seller or complaint.seller is None:
        raise ComplaintRefused(_("The seller was asked already, or there is nothing left to ask."))
    complaint.told_seller, complaint.told_seller_at = cleaned(text), at
    complaint.save(update_fields=["told_seller", "told_seller_at"])
    audit.record("complaint.seller_told", of=complaint, by=by)
    events.announce("complaint_told", complaint=complaint.pk)
    return complaint


@transaction.atomic
def speak(*, complaint: Complaint, text: str, by, at) -> Complaint:
    """The seller says how she sees it, once, while it is open. Raises ComplaintRefused."""
    complaint = locked(complaint)
    if not complaint.is_open or not complaint.told_seller or complaint.seller_said:
        raise ComplaintRefused(_("This is answered already."))
    complaint.seller_said, complaint.seller_said_at = cleaned(text), at
    complaint.save(update_fields=["seller_said", "seller_said_at"])
    audit.record("complaint.seller_spoke", of=complaint, by=by)
    return complaint


@transaction.atomic
def answer(*, complaint: Complaint, outcome: Outcome, text: str, by, at) -> Complaint:
    """Staff say what they found and did; the complainant reads it, and a seller who was asked learns the result. Raises IllegalMove."""
    complaint = locked(complaint)
    complaint.move("answer")
    complaint.outcome, complaint.answer, complaint.closed_at, complaint.handled_by = outcome, cleaned(text), at, by
    complaint.save(update_fields=["state", "outcome", "answer", "closed_at", "handled_by"])
    audit.record("complaint.answered", of=complaint, by=by, outcome=outcome)
    events.announce("complaint_answered", complaint=complaint.pk)
    return complaint


@transaction.atomic
def withdraw(*, complaint: Complaint, by, at) -> Complaint:
    """Whoever complained takes it back. Raises IllegalMove."""
    complaint = locked(complaint)
    complaint.move("withdraw")
    complaint.closed_at = at
    complaint.save(update_fields=["state", "closed_at"])
    audit.record("complaint.withdrawn", of=complaint, by=by)
    return complaint


def locked(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_for_update(of=("self",)).select_related("seller").get(pk=complaint.pk)


def cleaned(text: str) -> str:
    """Raises ComplaintRefused for nothing."""
    said = mask_numbers(text).strip()[:LONGEST]
    if not said:
        raise ComplaintRefused(_("Please write something."))
    return said
