"""Reading from a second database: lists for people the site does not know yet, as long as the copy keeps up.

Off unless ``REPLICA_URL`` names one. Whoever has a session, a basket or anything else of her own reads where she writes, so nobody
misses what she has just done; and a page kept by its stamps (ADR 0019) is made from the database the stamps stand in.
"""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from functools import wraps
from time import monotonic

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError
from django.http import Http404

from .models import Heartbeat

log = logging.getLogger(__name__)

NAME = "replica"
AWAY = (OperationalError, InterfaceError)
HARMLESS = {"csrftoken", "text-size", "django_language", "province"}
"""Cookies that come with nothing written for her in the database."""
SECONDS_BETWEEN_LOOKS = 10
LATE = timedelta(minutes=1)
"""The worker's word of every minute, as the copy has it and as the first database has it: further apart, and nobody reads there."""

reads_there: ContextVar[bool] = ContextVar("reads_there", default=False)


class Router:
    """Reads of a marked page go to the copy, until the page writes something; everything else to the first database."""

    def db_for_read(self, model, **hints):
        return NAME if reads_there.get() else None

    def db_for_write(self, model, **hints):
        """Named, since Django would save what was read there where it was read."""
        reads_there.set(False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db != NAME


class Condition:
    """Whether the copy may be read, as this process last saw it."""

    def __init__(self):
        self.looked_at, self.is_good = float("-inf"), False

    def may_be_read(self) -> bool:
        if monotonic() - self.looked_at > SECONDS_BETWEEN_LOOKS:
            self.note(is_good=keeps_up())
        return self.is_good

    def note(self, *, is_good: bool) -> None:
        if not is_good:
            log.warning("the replica is away or behind: reading from the first database")
        self.looked_at, self.is_good = monotonic(), is_good


condition = Condition()


def keeps_up() -> bool:
    """True where the copy answers and is not behind, as far as the first database can tell."""
    try:
        there = heard_last(NAME)
    except AWAY:
        return False
    try:
        here = heard_last("default")
    except AWAY:
        return True
    return here is None or (there is not None and here - there <= LATE)


def heard_last(database: str):
    return Heartbeat.objects.using(database).order_by("-at").values_list("at", flat=True).first()


def is_unknown(request) -> bool:
    """Somebody who asks only, and of whom nothing is kept."""
    return request.method in {"GET", "HEAD"} and request.COOKIES.keys() <= HARMLESS


def read_there(view: Callable) -> Callable:
    """Mark a page that only reads. Should the copy fail under it, it is made once more from the first database."""

    @wraps(view)
    def reading(request, *args, **kwargs):
        if not (settings.REPLICA and is_unknown(request) and condition.may_be_read()):
            return view(request, *args, **kwargs)
        token = reads_there.set(True)
        try:
            return view(request, *args, **kwargs)
        except AWAY:
            condition.note(is_good=False)
        except Http404:  # perhaps it is not there yet
            log.debug("not found in the replica")
        finally:
            reads_there.reset(token)
        return view(request, *args, **kwargs)

    return reading
