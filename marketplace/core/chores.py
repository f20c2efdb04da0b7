"""Chores of the worker that belong to no single package."""

from django.utils import timezone

from . import held_files
from .events import deliver_outstanding
from .notices import send_outstanding
from .tasks import task


@task()
def catch_up() -> None:
    """Hand over news and notices that an earlier try left behind."""
    deliver_outstanding()
    send_outstanding()


@task()
def forget_files() -> None:
    """Once a day is enough; twice does no harm."""
    held_files.forget(timezone.now())
