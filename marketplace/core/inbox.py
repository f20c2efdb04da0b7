"""What a person was told on the site: read, and how else she wants to hear of things."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from . import audit
from .models import Notice, NoticeKind, NoticePreference

CHOSEN = (NoticeKind.ORDER, NoticeKind.PARCEL, NoticeKind.CASE, NoticeKind.TALK, NoticeKind.SHOP)
"""Kinds whose ways are hers to choose; what concerns the safety of her account goes by every way we have."""


def unread(user: str = "pk") -> Coalesce:
    """How many unread notices the person in this column has: to be asked along with the person."""
    rows = Notice.objects.inbox_of(OuterRef(user)).unread().order_by()
    count = Subquery(rows.values("user").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Coalesce(count, 0)


def read(*, notice: Notice, at) -> None:
    """She has seen it; the first time counts."""
    Notice.objects.filter(pk=notice.pk).unread().update(read_at=at)


def read_all(*, user, at) -> int:
    """She has seen everything that is there now; returns how many were new."""
    return Notice.objects.inbox_of(user).unread().update(read_at=at)


@transaction.atomic
def choose(*, user, by_email: Iterable[str], by_sms: Iterable[str]) -> NoticePreference:
    """From now on she hears of these kinds by these ways too. What was written before is sent as it was to be."""
    ways = {"by_email": sorted(by_email), "by_sms": sorted(by_sms)}
    preference, _made = NoticePreference.objects.update_or_create(user=user, defaults=ways)
    audit.record("notices.ways_chosen", of=preference, by=user, email=len(ways["by_email"]), sms=len(ways["by_sms"]))
    return preference
