"""The queue of background work as people look at it: what waits, what failed, and trying again."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from . import audit


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
