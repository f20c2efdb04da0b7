"""How often something may be tried, counted in the database, so that neither a restart nor a second process forgets.

A limit counts in windows: the first try opens one, the window's end clears the count. Each try is counted before it is
allowed, so a hundred at once get no further than a hundred in a row.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.encryption import blind_index

from .models import Tally


@dataclass(frozen=True)
class Limit:
    """At most ``most`` tries of one subject within ``within``."""

    name: str
    most: int
    within: timedelta


CODE_PAUSE = Limit("code-pause", 1, timedelta(seconds=60))
CODE_HOUR = Limit("code-hour", 5, timedelta(hours=1))
CODE_DAY = Limit("code-day", 10, timedelta(days=1))
CODE_VISITOR = Limit("code-visitor", 30, timedelta(hours=1))
"""Whole villages share an address behind their mobile operator; the number's own limits are the strict ones."""
PASSWORD_NAME = Limit("password-name", 10, timedelta(minutes=15))
VOUCHER_VISITOR = Limit("voucher-visitor", 60, timedelta(hours=1))
PASSWORD_VISITOR = Limit("password-visitor", 100, timedelta(minutes=15))
SECOND_FACTOR = Limit("second-factor", 10, timedelta(minutes=15))


class TooMany(Exception):
    """A limit is used up until ``until``; ``for_people`` says when to try again."""

    def __init__(self, limit: Limit, until: datetime, at: datetime):
        super().__init__(limit.name)
        self.limit, self.until = limit, until
        self.seconds = max(1, round((until - at).total_seconds()))

    @property
    def for_people(self) -> str:
        if self.seconds <= 120:
            return _("Please wait %(n)s seconds and try again.") % {"n": self.seconds}
        return _("That was too often. Please try again in %(n)s minutes.") % {"n": -(-self.seconds // 60)}


@transaction.atomic
def take(*wanted: tuple[Limit, str], at: datetime) -> None:
    """Count one try of each subject, or raise TooMany and count none. Callers name limits in the same order."""
    for limit, subject in wanted:
        tally = row(limit, subject, at)
        if tally.until <= at:
            tally.count, tally.until = 0, at + limit.within
        if tally.count >= limit.most:
            raise TooMany(limit, tally.until, at)
        tally.count += 1
        tally.save(update_fields=["count", "until"])


def row(limit: Limit, subject: str, at: datetime) -> Tally:
    """The locked count; others who try the same wait here."""
    found, _made = Tally.objects.get_or_create(
        limit=limit.name, subject=blind_index(subject), defaults={"until": at + limit.within}
    )
    return Tally.objects.select_for_update().get(pk=found.pk)


def forget(limit: Limit, subject: str) -> None:
    """She proved who she is: earlier tries no longer count."""
    Tally.objects.filter(limit=limit.name, subject=blind_index(subject)).delete()
