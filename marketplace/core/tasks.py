"""The one place that knows which task library we use (docs/adr: the queue lies in the database)."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TypeVar

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

__all__ = ["each_apart", "later", "task"]

logger = logging.getLogger(__name__)
Row = TypeVar("Row")

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 3, 10, 30))
"""Before what failed for a reason that passes is tried again."""


def later(failed: Task, *arguments, tried: int) -> bool:
    """Have a task done again after a pause, ``tried`` one more; False where that was done often enough and people should see it failed."""
    if tried >= len(PAUSES):
        return False
    logger.warning("%s failed and is tried again", failed.module_path)
    failed.using(run_after=timezone.now() + PAUSES[tried]).enqueue(*arguments, tried=tried + 1)
    return True


def each_apart(call: Callable[[Row], object], rows: Iterable[Row], quiet: tuple[type[Exception], ...] = ()) -> int:
    """Call with each row in turn; returns how many went well. One that fails keeps no other from its turn.

    Failures are logged, but for ``quiet`` ones, of which the site tells elsewhere.
    """
    well = 0
    for row in rows:
        try:
            call(row)
            well += 1
        except quiet:
            continue
        except Exception:
            logger.exception("%s.%s failed for %s", call.__module__, call.__qualname__, getattr(row, "pk", row))
    return well
