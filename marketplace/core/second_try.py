"""A connection to the database may end under a request: the server is restarted, or another takes its place.

What only reads, and what says of itself that doing it twice does no harm, is done once more over a new connection, and the
reader notices nothing. Anything else is answered as what it is, an error, because nobody can tell whether it was done.
"""

import sys
from collections.abc import Callable

from django.core.signals import got_request_exception
from django.db import Error, InterfaceError, OperationalError, connection

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def repeatable(view: Callable) -> Callable:
    """Mark a view whose second run finds what the first one did, and adds nothing to it."""
    view.is_repeatable = True  # type: ignore[attr-defined]
    return view


class SecondTry:
    """Stands outside of everything that asks the database."""

    def __init__(self, get_response):
        self.get_response = get_response
        got_request_exception.connect(note, dispatch_uid="second try")

    def __call__(self, request):
        response = self.get_response(request)
        if not has_lost_connection(request) or not may_repeat(request):
            return response
        forget(request)
        return self.get_response(request)


def note(request=None, **more) -> None:
    """An error became an answer: was it the connection's? It is let go of either way, so that the next request has a good one."""
    if request is None or not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return
    if not answers():
        connection.close()
        request.has_lost_connection = True


def answers() -> bool:
    """Does the connection still carry a question? Asked for real, because `is_usable` of SQLite says yes to everything."""
    if connection.connection is None:
        return False
    try:
        with connection.wrap_database_errors:
            connection.connection.cursor().execute("SELECT 1").fetchone()
    except Error:
        return False
    return True


def has_lost_connection(request) -> bool:
    return getattr(request, "has_lost_connection", False)


def may_repeat(request) -> bool:
    """Before a view was chosen nothing of it was done."""
    match = request.resolver_match
    return request.method in SAFE or match is None or getattr(match.func, "is_repeatable", False)


def forget(request) -> None:
    """As if it had just come: what the first run found out about the person is asked again."""
    for name in ("has_lost_connection", "_cached_user", "_acached_user"):
        request.__dict__.pop(name, None)
    request.resolver_match = None
