"""Where a process may be made to die, by name. The product knows nothing of it: functions of it are wrapped from outside.

A file (``FAULTS_FILE``) names the point that is set; the first process that gets there removes the file and is gone, as by ``kill -9``.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

WEB, WORK = "web", "work"
BEFORE, AFTER = "before", "after"
QUEUE = "queue:"
"""Before a task's name: when it is put into the queue, which is after the commit that wants it."""
PAY, NEWS, CANCEL, LATE, PAYOUT, RECALL = "pay", "news", "cancel", "late", "payout", "recall"


@dataclass(frozen=True)
class Point:
    """``during`` names the step of ``journey`` in which the process of this ``role`` dies at ``where``."""

    name: str
    role: str
    when: str
    where: str
    journey: str
    during: str


ORDER = "marketplace.checkout.actions"
PAYMENT = "marketplace.payment"
LEDGER = "marketplace.settlement"
POINTS = (
    Point("orders written, not committed", WEB, AFTER, f"{ORDER}.submit", PAY, "order"),
    Point("purchase committed, provider not asked", WEB, BEFORE, f"{PAYMENT}.actions.start", PAY, "order"),
    Point("provider made its page, we did not note it", WEB, AFTER, f"{PAYMENT}.stripe_gateway.open_session", PAY, "order"),
    Point("page noted, buyer not led there", WEB, AFTER, f"{PAYMENT}.actions.start", PAY, "order"),
    Point("provider said paid, nothing written", WEB, AFTER, f"{PAYMENT}.stripe_gateway.session", PAY, "back"),
    Point("payment posted, not committed", WEB, AFTER, f"{LEDGER}.actions.purchase_paid", PAY, "back"),
    Point("payment committed, event not queued", WEB, BEFORE, f"{QUEUE}marketplace.core.events.deliver_event", PAY, "back"),
    Point("fee of a payment not posted", WEB, BEFORE, f"{LEDGER}.actions.fee_taken", PAY, "back"),
    Point("news came, not kept", WEB, BEFORE, f"{PAYMENT}.stripe_events.keep", NEWS, "news"),
    Point("news kept, not queued", WEB, BEFORE, f"{QUEUE}{PAYMENT}.stripe_events.work_on", NEWS, "news"),
    Point("news taken up, nobody asked", WORK, BEFORE, f"{PAYMENT}.stripe_events.act", NEWS, "news"),
    Point("news: payment posted, not committed", WORK, AFTER, f"{LEDGER}.actions.purchase_paid", NEWS, "news"),
    Point("news acted on, not put down as done", WORK, AFTER, f"{PAYMENT}.stripe_events.act", NEWS, "news"),
    Point("event received, not put down as delivered", WORK, BEFORE, "marketplace.core.models.Delivery.save", NEWS, "news"),
    Point("refund committed, not queued", WEB, BEFORE, f"{QUEUE}{PAYMENT}.refunds.send_refund", CANCEL, "cancel"),
    Point("order closed and refund owed, not committed", WEB, AFTER, f"{LEDGER}.actions.order_closed", CANCEL, "cancel"),
    Point("provider not yet asked to refund", WORK, BEFORE, f"{PAYMENT}.stripe_gateway.give_back", CANCEL, "refunded"),
    Point("provider refunded, we did not note it", WORK, AFTER, f"{PAYMENT}.stripe_gateway.give_back", CANCEL, "refunded"),
    Point("refund posted, not committed", WORK, AFTER, f"{LEDGER}.actions.refund_sent", CANCEL, "refunded"),
    Point("overdue: provider asked, nothing closed", WORK, AFTER, f"{PAYMENT}.actions.was_left_unpaid", LATE, "overdue"),
    Point("overdue: closed, not committed", WORK, AFTER, "marketplace.promotions.counting.give_back", LATE, "overdue"),
    Point("overdue: closed, provider not told", WORK, BEFORE, f"{PAYMENT}.stripe_gateway.expire_session", LATE, "overdue"),
    Point("share released, not committed", WORK, AFTER, f"{LEDGER}.postings.release", PAYOUT, "released"),
    Point("payout begun, not committed", WEB, AFTER, f"{LEDGER}.payouts.write", PAYOUT, "withdraw"),
    Point("payout committed, not queued", WEB, BEFORE, f"{QUEUE}{LEDGER}.payouts.send", PAYOUT, "withdraw"),
    Point("payout: door not yet asked", WORK, BEFORE, f"{PAYMENT}.stripe_transfers.transfer", PAYOUT, "sent"),
    Point("payout: transfer made, not noted", WORK, AFTER, f"{PAYMENT}.stripe_transfers.transfer", PAYOUT, "sent"),
    Point("payout: noted, not committed", WORK, AFTER, f"{LEDGER}.payouts.shares_of", PAYOUT, "sent"),
    Point("transfer called back, not noted", WORK, AFTER, f"{PAYMENT}.stripe_transfers.call_back", RECALL, "recalled"),
    Point("debt paid by it, not committed", WORK, AFTER, f"{LEDGER}.recalls.plan_of", RECALL, "recalled"),
)  # fmt: skip


def die_if_set(name: str) -> None:
    """By the signal nobody can catch."""
    file = Path(os.environ["FAULTS_FILE"])
    try:
        if file.read_text() == f"{os.environ['FAULTS_ROLE']} {name}":
            file.rename(file.with_suffix(".fired"))  # only one process succeeds
            os.kill(os.getpid(), signal.SIGKILL)
    except FileNotFoundError:
        return


def lay() -> None:
    """Wrap what the points name; in a process that was given a role."""
    for point in POINTS:
        if point.where.startswith(QUEUE):
            lay_in_queue(point)
        else:
            owner, name = found(point.where)
            setattr(owner, name, dying(getattr(owner, name), point))


def found(where: str) -> tuple[Any, str]:
    """The module or class that holds the function, and its name there."""
    path, name = where.rsplit(".", 1)
    try:
        return import_module(path), name
    except ModuleNotFoundError:
        module, owner = path.rsplit(".", 1)
        return getattr(import_module(module), owner), name


def dying(function: Callable, point: Point) -> Callable:
    @wraps(function)
    def call(*args, **more):
        if point.when == BEFORE:
            die_if_set(point.name)
        answer = function(*args, **more)
        if point.when == AFTER:
            die_if_set(point.name)
        return answer

    return call


def lay_in_queue(point: Point) -> None:
    from django_tasks_db import DatabaseBackend

    enqueue = DatabaseBackend.enqueue

    def call(self, task, args, kwargs):
        if task.module_path == point.where.removeprefix(QUEUE):
            die_if_set(point.name)
        return enqueue(self, task, args, kwargs)

    DatabaseBackend.enqueue = call
