"""What happens to goods by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import actions


@task()
def turn_the_day() -> None:
    """Lists follow the season windows and the certificates that began or ended."""
    day = timezone.localdate()
    actions.follow_windows(day)
    actions.follow_certificates(day)
