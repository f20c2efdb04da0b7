"""What nobody needs any more is not kept: ended sessions, old codes, tries that no longer count."""

from datetime import timedelta

from django.utils import timezone

from marketplace.core.tasks import task

from .models import OneTimeCode, Tally
from .sessions import SessionStore

CODES_KEPT = timedelta(days=30)


@task()
def forget() -> None:
    """Once a day is enough; twice does no harm."""
    now = timezone.now()
    SessionStore.clear_expired()
    Tally.objects.filter(until__lte=now).delete()
    OneTimeCode.objects.filter(expires_at__lte=now - CODES_KEPT).delete()
