"""How the site is doing, for /healthz, /metrics and the page of operators: database, worker, queue, disk and the store of files."""

import errno
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from . import queue
from .models import Delivery, Heartbeat, Notice

WORKER, STORE = "worker", "store"
WORKER_LATE = timedelta(minutes=3)
"""The worker says every minute that it is alive; one word lost is no alarm."""
STORE_LATE = timedelta(minutes=3)
"""The worker asks it every minute."""
QUEUE_LATE = timedelta(minutes=10)
DISK_LOW = 0.05
"""Part of the disk that should stay free."""


def beat(at: datetime) -> None:
    """The worker is alive."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": at})


def ask_store(at: datetime) -> None:
    """Note that the object store answers, if it does: probes that come every few seconds read the note and never wait for it."""
    from . import object_store  # what it needs is installed only where there is one

    if object_store.answers():
        Heartbeat.objects.update_or_create(name=STORE, defaults={"at": at})


@dataclass(frozen=True)
class Readings:
    """What was read at one moment. Seconds are None where there is nothing to measure."""

    worker_seconds: float | None
    store_seconds: float | None
    queue_seconds: float | None
    ready: int
    running: int
    failed: int
    undelivered: int
    unsent: int
    disk_free: float

    @property
    def worker_is_late(self) -> bool:
        return self.worker_seconds is None or self.worker_seconds > WORKER_LATE.total_seconds()

    @property
    def store_is_away(self) -> bool:
        """Never where files lie in folders, and not known while the worker, who asks it, is late itself."""
        if not settings.OBJECT_STORE or self.worker_is_late:
            return False
        return self.store_seconds is None or self.store_seconds > STORE_LATE.total_seconds()

    @property
    def queue_is_late(self) -> bool:
        return (self.queue_seconds or 0) > QUEUE_LATE.total_seconds()

    @property
    def disk_is_low(self) -> bool:
        return self.disk_free < DISK_LOW


def read() -> Readings:
    """Ask the database, a few indexed questions, and the disk. Raises DatabaseError where the database is away."""
    now = timezone.now()
    last = dict(Heartbeat.objects.values_list("name", "at"))
    waiting = queue.waiting(now)
    oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return Readings(
        worker_seconds=seconds_since(last.get(WORKER), now),
        store_seconds=seconds_since(last.get(STORE), now) if settings.OBJECT_STORE else None,
        queue_seconds=seconds_since(oldest, now),
        ready=waiting.count(),
        running=queue.running().count(),
        failed=queue.failed().count(),
        undelivered=Delivery.objects.filter(delivered_at=None).count(),
        unsent=Notice.objects.filter(sent_at=None).count(),
        disk_free=disk_free(),
    )


def lacking(error: BaseException | None) -> str:
    """What an error says is away for the moment: ``database`` (gone, full, or busy beyond its time-outs), ``room`` on the disk, or
    the ``store`` of files.
    """
    if isinstance(error, OperationalError | InterfaceError):
        return "database"
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "room"
    return "store" if is_of_the_store(error) else ""


def is_of_the_store(error: BaseException | None) -> bool:
    if not settings.OBJECT_STORE:
        return False
    from . import object_store

    return object_store.is_away(error)


def seconds_since(moment: datetime | None, now: datetime) -> float | None:
    return max(0.0, (now - moment).total_seconds()) if moment else None


def disk_free() -> float:
    """The free part of the disk that takes what people upload."""
    folder = settings.DATA_DIR
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total
