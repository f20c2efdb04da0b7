"""How the site is doing, for /healthz, /metrics and the page of operators: database, worker, queue and disk."""

import errno
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from . import queue
from .models import Delivery, Heartbeat, Notice

WORKER = "worker"
WORKER_LATE = timedelta(minutes=3)
"""The worker says every minute that it is alive; one word lost is no alarm."""
QUEUE_LATE = timedelta(minutes=10)
DISK_LOW = 0.05
"""Part of the disk that should stay free."""


def beat(at: datetime) -> None:
    """The worker is alive."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"at": at})


@dataclass(frozen=True)
class Readings:
    """What was read at one moment. Seconds are None where there is nothing to measure."""

    worker_seconds: float | None
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
    def queue_is_late(self) -> bool:
        return (self.queue_seconds or 0) > QUEUE_LATE.total_seconds()

    @property
    def disk_is_low(self) -> bool:
        return self.disk_free < DISK_LOW


def read() -> Readings:
    """Ask the database, a few indexed questions, and the disk. Raises DatabaseError where the database is away."""
    now = timezone.now()
    last = Heartbeat.objects.filter(name=WORKER).values_list("at", flat=True).first()
    waiting = queue.waiting(now)
    oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return Readings(
        worker_seconds=seconds_since(last, now),
        queue_seconds=seconds_since(oldest, now),
        ready=waiting.count(),
        running=queue.running().count(),
        failed=queue.failed().count(),
        undelivered=Delivery.objects.filter(delivered_at=None).count(),
        unsent=Notice.objects.filter(sent_at=None).count(),
        disk_free=disk_free(),
    )


def lacking(error: BaseException | None) -> str:
    """What an error says is away for the moment: ``database`` (gone, full, or busy beyond its time-outs) or ``room`` on the disk."""
    if isinstance(error, OperationalError | InterfaceError):
        return "database"
    is_full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    return "room" if is_full else ""


def seconds_since(moment: datetime | None, now: datetime) -> float | None:
    return max(0.0, (now - moment).total_seconds()) if moment else None


def disk_free() -> float:
    """The free part of the disk that takes what people upload."""
    folder = settings.DATA_DIR
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total
