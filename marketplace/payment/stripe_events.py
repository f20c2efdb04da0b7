"""Stripe's news: kept once, with secrets masked, and worked on by asking Stripe how the thing it speaks of stands now.

So it does not matter whether news comes twice, late, in another order or never: the answer is the same.
"""

import logging
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.tasks import task
from marketplace.settlement import transfer_accounts

from . import actions, stripe_watch
from .models import EventState, ProviderEvent, Refund, StripeSession

logger = logging.getLogger(__name__)

MASK = "•••"
SECRET = frozenset(
    [
        "client_secret",
        "url",
        "hosted_invoice_url",
        "receipt_url",
        "email",
        "receipt_email",
        "customer_email",
        "phone",
        "name",
        "address",
        "shipping",
        "customer_details",
        "billing_details",
        "collected_information",
        "owner",
        "last4",
        "dynamic_last4",
        "fingerprint",
        "iban",
        "ip",
        "user_agent",
    ]
)
"""Fields that open something or tell who somebody is."""
FOR_STAFF = ("charge.dispute.", "radar.", "review.")
"""Kinds of news that no rule of ours answers."""
MOST_ATTEMPTS = 20


def masked(value: Any) -> Any:
    """The same without secrets."""
    if isinstance(value, dict):
        return {key: MASK if key in SECRET and each else masked(each) for key, each in value.items()}
    return [masked(each) for each in value] if isinstance(value, list) else value


@transaction.atomic
def keep(*, event: dict[str, Any], at) -> ProviderEvent:
    """Write the news down once, whatever comes again, and let a task work on it after the commit."""
    thing = event["data"]["object"]
    row, made = ProviderEvent.objects.get_or_create(
        number=event["id"][:255],
        defaults={
            "kind": event["type"][:80],
            "about": str(thing.get("id") or "")[:255],
            "body": masked(event),
            "happened_at": datetime.fromtimestamp(event["created"], UTC),
            "received_at": at,
        },
    )
    if made:
        transaction.on_commit(partial(work_on.enqueue, row.pk))
    return row


@task()
def work_on(event_id: int) -> None:
    """Find out what the news is about and ask; news that cannot be worked on now is tried again later."""
    event = ProviderEvent.objects.get(pk=event_id)
    if event.state != EventState.NEW:
        return
    event.attempts += 1
    try:
        state = act(event)
    except Exception as error:
        logger.exception("news %s could not be worked on", event.pk)
        state, event.last_error = EventState.NEW, type(error).__name__
    if state == EventState.DONE:
        event.done_at, event.last_error = timezone.now(), ""
    event.state = state
    event.save(update_fields=["state", "attempts", "last_error", "done_at"])


def act(event: ProviderEvent) -> EventState:
    """Ask about the attempt or the refund the news names; what nobody asked for is kept and left alone."""
    if event.kind.startswith(FOR_STAFF):
        return EventState.HELD
    if event.kind == "account.updated":
        transfer_accounts.refresh_numbered(event.about, timezone.now())
    session, refund = session_of(event), refund_of(event)
    if session is not None:
        stripe_watch.look(session=session, at=timezone.now())
    if refund is not None:
        actions.send_refund.call(refund.pk)
        actions.look_again(refund=refund, at=timezone.now())
    elif event.kind == "refund.failed":
        return EventState.HELD
    return EventState.DONE


def session_of(event: ProviderEvent) -> StripeSession | None:
    """The page of the attempt that the news names, where more may come of it."""
    thing = event.body["data"]["object"]
    key = uuid_of(thing.get("client_reference_id")) or uuid_of((thing.get("metadata") or {}).get("attempt"))
    return StripeSession.objects.unsettled().select_related("attempt").filter(attempt__key=key).first() if key else None


def refund_of(event: ProviderEvent) -> Refund | None:
    key = uuid_of((event.body["data"]["object"].get("metadata") or {}).get("refund"))
    return Refund.objects.filter(key=key).first() if key else None


def uuid_of(text: object) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None


def work_off(limit: int = 200) -> None:
    """Try again what an earlier try left."""
    waiting = ProviderEvent.objects.filter(state=EventState.NEW, attempts__lt=MOST_ATTEMPTS)
    for pk in list(waiting.order_by("id").values_list("pk", flat=True)[:limit]):
        work_on.call(pk)


@transaction.atomic
def put_aside(*, event: ProviderEvent, by, at) -> ProviderEvent:
    """A person has looked at news that no rule answers. A second call changes nothing."""
    event = ProviderEvent.objects.select_for_update().get(pk=event.pk)
    if event.state != EventState.DONE:
        event.state, event.done_at, event.done_by = EventState.DONE, at, by
        event.save(update_fields=["state", "done_at", "done_by"])
        audit.record("provider_event.put_aside", of=event, by=by)
    return event
