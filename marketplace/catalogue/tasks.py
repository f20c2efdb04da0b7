"""What happens to goods by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import actions


@task()
def turn_the_day() -> None:
    """Lists follow the season windows that began or ended."""
    actions.follow_windows(timezone.localdate())
