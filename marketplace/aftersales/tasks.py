"""What happens to cases by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import overdue


@task()
def move_overdue_cases() -> None:
    """Cases whose side said nothing in time go on without it."""
    overdue.move_overdue(timezone.now())
