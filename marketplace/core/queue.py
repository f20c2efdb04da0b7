"""The queue of background work as people look at it: what waits, what failed, and trying again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from . import audit
from .models import Heartbeat

SILENT = timedelta(minutes=5)
"""A worker says each minute that it is alive, however long its task takes; one that said nothing for so long was killed."""
MOST_CLAIMS = 5
"""A task that so many workers began and none ended may be what kills them: it waits for a person."""


def waiting(now: datetime):
    """Tasks that could run now."""
    due = Q(run_after=get_date_max()) | Q(run_after__lte=now)
    return DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)


def running():
    return DBTaskResult.objects.running()


def failed():
    """Tasks that failed, the latest first."""
    return DBTaskResult.objects.failed().order_by("-finished_at", "-id")


@transaction.atomic
def again(*, key, by, at: datetime) -> bool:
    """Put a failed task back into the queue; False if somebody else did already. Tasks may run twice without harm."""
    fresh = {"status": TaskResultStatus.READY, "enqueued_at": at, "started_at": None, "finished_at": None}
    moved = failed().filter(pk=key).update(**fresh, exception_class_path="", traceback="", run_after=get_date_max())
    if moved:
        audit.record("task.tried_again", of=DBTaskResult(pk=key), by=by)
    return bool(moved)


@transaction.atomic
def drop(*, key, by) -> bool:
    """Nobody needs it any more."""
    task = failed().filter(pk=key).values_list("task_path", flat=True).first()
    gone, _rows = failed().filter(pk=key).delete()
    if gone:
        audit.record("task.dropped", of=DBTaskResult(pk=key), by=by, task=task)
    return bool(gone)


def forget(before: datetime) -> int:
    """Delete what succeeded before; returns how many rows."""
    return DBTaskResult.objects.successful().filter(finished_at__lt=before).delete()[0]


def beat(worker: str, at: datetime) -> None:
    """This worker is alive, and so is the task it has begun."""
    Heartbeat.objects.update_or_create(name=beat_of(worker), defaults={"at": at})


def beat_of(worker: str) -> str:
    return f"worker:{worker}"[: Heartbeat._meta.pk.max_length]


def give_back(now: datetime) -> int:
    """Put back into the queue what killed workers had begun; returns how many. Tasks may run twice without harm."""
    alive = set(Heartbeat.objects.filter(at__gt=now - SILENT).values_list("name", flat=True))
    begun = running().filter(started_at__lte=now - SILENT)
    return sum(put_back(task, now) for task in begun if beat_of(claimed_by(task)) not in alive)


def give_back_own(worker: str, now: datetime) -> int:
    """For a worker that begins anew, as after its database went away: what it had begun before it does no longer run."""
    return sum(put_back(task, now) for task in running() if claimed_by(task) == worker)


def claimed_by(task: DBTaskResult) -> str:
    return task.worker_ids[-1] if task.worker_ids else ""


def put_back(task: DBTaskResult, now: datetime) -> bool:
    """False if it was ended, or claimed again, since it was read."""
    same = running().filter(pk=task.pk, started_at=task.started_at)
    if len(task.worker_ids) < MOST_CLAIMS:
        return bool(same.update(status=TaskResultStatus.READY, started_at=None, run_after=get_date_max()))
    return bool(same.update(status=TaskResultStatus.FAILED, finished_at=now, exception_class_path="WorkerDied"))


def forget_workers(before: datetime) -> None:
    """Every start of a worker is a name of its own."""
    Heartbeat.objects.filter(name__startswith=beat_of(""), at__lt=before).delete()
