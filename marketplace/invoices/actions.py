"""A buyer asks for an invoice; the seller issues it or says why not."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import audit, events
from marketplace.core.states import IllegalMove
from marketplace.order import actions as orders
from marketplace.order.models import Order

from . import rules
from .models import InvoiceRequest, InvoiceState


class InvoiceRefused(Exception):
    """There is nothing to make an invoice out for; ``for_people`` says so."""

    @property
    def for_people(self) -> str:
        return _("There is nothing paid in this order that an invoice could be made out for.")


@transaction.atomic
def ask(*, order: Order, kind: str, title: str, tax_number: str, email: str, by, at) -> InvoiceRequest:
    """One request per order, however often it is pressed; what was asked may be put right until the seller has decided.

    Raises InvoiceRefused for an order that nobody paid or that was given back whole.
    """
    order = orders.locked_order(order.pk)
    asked = InvoiceRequest.objects.current(order)
    if asked is not None and asked.state != InvoiceState.ASKED:
        return asked
    if not rules.may_be_asked(order):
        raise InvoiceRefused
    typed = {"kind": kind, "title": title, "tax_number": tax_number, "email": email}
    if asked is not None:
        return corrected(asked, typed, by)
    asked = InvoiceRequest.objects.create(order=order, asked_at=at, **typed)
    audit.record("invoice.asked", of=asked, by=by)
    events.announce("invoice_asked", invoice=asked.pk)
    return asked


def corrected(asked: InvoiceRequest, typed: dict, by) -> InvoiceRequest:
    """The same request with other words; the order's lock is held."""
    if any(getattr(asked, name) != value for name, value in typed.items()):
        InvoiceRequest.objects.filter(pk=asked.pk).update(**typed)
        asked.refresh_from_db()
        audit.record("invoice.corrected", of=asked, by=by)
    return asked


@transaction.atomic
def issue(*, invoice: InvoiceRequest, number: str, file: ContentFile | None, by, at) -> InvoiceRequest:
    """The seller has made it out, for what the buyer paid for the goods as it is now.

    An issued one is issued anew only where money went back since (红冲); pressing twice changes nothing. ``file`` is a
    copy made safe by ``files``. Raises IllegalMove once declined.
    """
    orders.locked_order(invoice.order_id)
    invoice = InvoiceRequest.objects.select_for_update().get(pk=invoice.pk)
    if invoice.state == InvoiceState.ISSUED and not rules.has_to_be_cancelled(invoice):
        return invoice
    before = invoice.number
    invoice.move("issue")
    invoice.number, invoice.amount = number, rules.amount_of(invoice.order)
    invoice.decided_at, invoice.decided_by = at, by
    invoice.file = ""  # the paper of the number before says another amount
    if file is not None:
        invoice.file.save(file.name or "", file, save=False)
    invoice.save()
    audit.record("invoice.issued", of=invoice, by=by, number=number, amount=invoice.amount, before=before)
    events.announce("invoice_decided", invoice=invoice.pk, at=at.isoformat())
    return invoice


@transaction.atomic
def decline(*, invoice: InvoiceRequest, reason: str, by, at) -> InvoiceRequest:
    """The seller says why there will be none; the buyer may ask again. Raises IllegalMove once issued."""
    invoice = InvoiceRequest.objects.select_for_update().get(pk=invoice.pk)
    if invoice.state == InvoiceState.DECLINED:
        return invoice
    if invoice.state != InvoiceState.ASKED:
        raise IllegalMove("decline", invoice.state)
    invoice.move("decline")
    invoice.reason, invoice.decided_at, invoice.decided_by = reason, at, by
    invoice.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    audit.record("invoice.declined", of=invoice, by=by)
    events.announce("invoice_decided", invoice=invoice.pk, at=at.isoformat())
    return invoice
