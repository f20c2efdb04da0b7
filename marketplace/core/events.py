"""News for the packages above: announced in the transaction of the fact, delivered by a worker, safe to deliver twice."""

import logging
from collections import defaultdict
from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.utils import timezone

from .models import Delivery, Event
from .tasks import task

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8

Receiver = Callable[..., None]
_receivers: dict[str, dict[str, Receiver]] = defaultdict(dict)


def receives(name: str) -> Callable[[Receiver], Receiver]:
    """Decorator: call the function with the ids of every event called ``name``. It may run twice for one event."""

    def register(receiver: Receiver) -> Receiver:
        _receivers[name][f"{receiver.__module__}.{receiver.__qualname__}"] = receiver
        return receiver

    return register


def announce(name: str, **ids: int | str) -> Event:
    """Write the fact ``name`` into the outbox, in the caller's transaction; delivery starts after its commit."""
    event = Event.objects.create(name=name, payload=ids)
    receivers = _receivers[name]
    Delivery.objects.bulk_create([Delivery(event=event, receiver=receiver) for receiver in receivers])
    if receivers:
        transaction.on_commit(partial(deliver_event.enqueue, event.pk))
    return event


@task()
def deliver_event(event_id: int) -> None:
    """Hand one event to every receiver that has not had it."""
    for delivery in Delivery.objects.filter(event_id=event_id, delivered_at=None).select_related("event"):
        attempt(delivery)


def deliver_outstanding(limit: int = 200) -> int:
    """Hand over what an earlier worker left behind; returns how many deliveries were tried."""
    waiting = Delivery.objects.filter(delivered_at=None, attempts__lt=MOST_ATTEMPTS).select_related("event")
    deliveries = list(waiting.order_by("id")[:limit])
    for delivery in deliveries:
        attempt(delivery)
    return len(deliveries)


def attempt(delivery: Delivery) -> None:
    """One try. A failing receiver is noted by its error's kind (never its text) and tried again later."""
    receiver = _receivers[delivery.event.name].get(delivery.receiver)
    delivery.attempts += 1
    try:
        if receiver is not None:
            receiver(**delivery.event.payload)
        delivery.delivered_at, delivery.last_error = timezone.now(), ""
    except Exception as error:
        logger.exception("event %s could not be delivered to %s", delivery.event_id, delivery.receiver)
        delivery.last_error = type(error).__name__
    delivery.save(update_fields=["attempts", "delivered_at", "last_error"])


def replay(events) -> int:
    """Deliver the given events again to everyone who listens today; returns how many deliveries succeeded."""
    done = 0
    for event in events:
        for receiver in _receivers[event.name]:
            delivery, _made = Delivery.objects.get_or_create(event=event, receiver=receiver)
            delivery.event = event
            attempt(delivery)
            done += not delivery.last_error
    return done
