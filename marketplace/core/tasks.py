"""The one place that knows which task library we use (docs/adr: the queue lies in the database)."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django_tasks import task

__all__ = ["each_apart", "task"]

logger = logging.getLogger(__name__)
Row = TypeVar("Row")


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
