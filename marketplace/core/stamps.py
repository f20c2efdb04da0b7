"""When something last changed, for pages that are kept as long as nothing they are made of has changed.

A subject ("goods", "pages") has one stamp in the database, so all processes agree about it. A stamp is renewed right after
the commit of the change: nobody waits for a row that every change would have to lock.
"""

import secrets

from django.db import connection, transaction

from .models import Stamp
from .statements import Statement

STAMPS = Statement(lambda: Stamp.objects.values_list("subject", "mark"))
GOODS, SALES, PAGES, CONSENT, CLASSES = "goods", "sales", "pages", "consent", "classes"


class Renewal:
    """What runs after the commit."""

    def __init__(self, subject: str):
        self.subject = subject

    def __call__(self) -> None:
        mark = secrets.token_hex(8)
        Stamp.objects.update_or_create(subject=self.subject, defaults={"mark": mark})


def touch(*subjects: str) -> None:
    """Say that something of these subjects changed; once in a transaction is enough, more often costs nothing."""
    for subject in subjects:
        if subject not in pending():
            transaction.on_commit(Renewal(subject), robust=True)


def pending() -> set[str]:
    """Subjects this transaction has changed and will say so; of a part that may yet be rolled back, nothing."""
    now = set(connection.savepoint_ids)
    return {deed.subject for savepoints, deed in renewals() if savepoints <= now}


def renewals() -> list[tuple[set, Renewal]]:
    """What waits for the commit, each with the savepoints it hangs on."""
    return [(waiting[0], waiting[1]) for waiting in connection.run_on_commit if isinstance(waiting[1], Renewal)]


def current() -> dict[str, str] | None:
    """The stamps as they stand; None inside a transaction that has changed something, which nobody else sees yet."""
    if renewals():
        return None
    return dict(STAMPS.rows())
