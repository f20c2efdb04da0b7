"""Chores of the worker that belong to no single package."""

from datetime import timedelta

from django.utils import timezone

from . import held_files, queue
from .events import deliver_outstanding
from .notices import send_outstanding
from .tasks import task

RESULTS_KEPT = timedelta(days=7)


@task()
def catch_up() -> None:
    """Hand over news and notices that an earlier try left behind, and give back tasks of workers that were killed."""
    queue.give_back(timezone.now())
    deliver_outstanding()
    send_outstanding()


@task()
def forget_results() -> None:
    """What was done a week ago is no news; what failed stays until somebody looks."""
    before = timezone.now() - RESULTS_KEPT
    queue.forget(before)
    queue.forget_workers(before)


@task()
def forget_files() -> None:
    """Once a day is enough; twice does no harm."""
    held_files.forget(timezone.now())
