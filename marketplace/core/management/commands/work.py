"""`manage.py work`: does background work and keeps the clock for what happens by itself."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from apscheduler.schedulers.background import BackgroundScheduler
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string

from marketplace.core import queue, watching

logger = logging.getLogger(__name__)

SECONDS_TO_REST = 2
"""Before asking again for a database that went away."""

CLOCK = {
    "marketplace.payment.tasks.close_unpaid": {"minutes": 1},
    "marketplace.payment.tasks.watch_stripe": {"minutes": 1},
    "marketplace.order.tasks.confirm_receipts": {"minutes": 10},
    "marketplace.aftersales.tasks.move_overdue_cases": {"minutes": 10},
    "marketplace.settlement.tasks.release": {"minutes": 30},
    "marketplace.settlement.tasks.ask_doors": {"minutes": 5},
    "marketplace.catalogue.tasks.turn_the_day": {"minutes": 30},
    "marketplace.offering.tasks.watch_stock": {"minutes": 10},
    "marketplace.opening.tasks.turn_papers": {"minutes": 30},
    "marketplace.partner.tasks.follow_grants": {"minutes": 1},
    "marketplace.core.chores.catch_up": {"minutes": 1},
    "marketplace.accounts.tasks.end_roles": {"minutes": 10},
    "marketplace.accounts.tasks.forget": {"hours": 24},
    "marketplace.basket.tasks.forget_baskets": {"hours": 24},
    "marketplace.core.chores.forget_results": {"hours": 24},
    "marketplace.core.chores.forget_files": {"hours": 24},
    "incubator.agreements.tasks.remind": {"hours": 6},
    "cms.tasks.keep_time": {"minutes": 1},
}
"""Tasks by name and how often each is put into the queue. All may run twice, so several workers do no harm."""


@contextmanager
def word(that: str) -> Iterator[None]:
    """Every try is a connection of its own, and a database that is away no reason to stop the clock."""
    try:
        yield
    except DatabaseError:
        logger.warning("the worker could not say that %s", that)
    finally:
        connection.close()


def alive(worker: str) -> None:
    """Not through the queue: a long task must not make the worker look dead."""
    with word("it is alive"):
        watching.beat(timezone.now())
        queue.beat(worker, timezone.now())


def watch_store() -> None:
    with word("the store answers"):
        watching.ask_store(timezone.now())


class Command(BaseCommand):
    help = "Run background work until stopped with Ctrl-C."

    def handle(self, *args, **options):
        clock = BackgroundScheduler(timezone="UTC")
        for name, interval in CLOCK.items():
            clock.add_job(import_string(name).enqueue, "interval", **interval, id=name, coalesce=True, max_instances=1)
        worker = get_random_string(12)
        clock.add_job(alive, "interval", [worker], minutes=1, id="alive", coalesce=True, max_instances=1)
        if settings.OBJECT_STORE:
            watch = {"next_run_time": timezone.now(), "coalesce": True, "max_instances": 1}
            clock.add_job(watch_store, "interval", minutes=1, id="store", **watch)
        alive(worker)
        clock.start()
        try:
            while not has_worked(worker, options["verbosity"]):
                time.sleep(SECONDS_TO_REST)
        finally:
            clock.shutdown(wait=False)


def has_worked(worker: str, verbosity: int) -> bool:
    """Work until told to stop; False if the database went away under it, which is no reason to die."""
    try:
        queue.give_back_own(worker, timezone.now())
        call_command("db_worker", "--interval", "1", "--no-reload", "--worker-id", worker, verbosity=verbosity)
    except (OperationalError, InterfaceError) as error:
        logger.warning("the database went away: %s", type(error).__name__)
        connection.close()
        return False
    return True
