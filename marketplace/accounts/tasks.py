"""What nobody needs any more is not kept: ended sessions, old codes, tries that no longer count."""

from datetime import timedelta

from django.utils import timezone

from marketplace.core.tasks import task

from . import staffing
from .models import OneTimeCode, Tally
from .sessions import SessionStore

CODES_KEPT = timedelta(days=30)


@task()
def end_roles() -> None:
    """Roles whose last day has passed are taken back; they no longer counted anyway, but for editors' groups."""
    staffing.take_back_ended(on=timezone.localdate(), at=timezone.now())


@task()
def forget() -> None:
    """Once a day is enough; twice does no harm."""
    now = timezone.now()
    SessionStore.clear_expired()
    Tally.objects.filter(until__lte=now).delete()
    OneTimeCode.objects.filter(expires_at__lte=now - CODES_KEPT).delete()
