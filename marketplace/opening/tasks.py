"""What happens to papers by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import renewing


@task()
def turn_papers() -> None:
    """Reminders, and goods off sale and back. May run as often as one likes."""
    day = timezone.localdate()
    renewing.follow_terms(day)
    renewing.remind(day)
