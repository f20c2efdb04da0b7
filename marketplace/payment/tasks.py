"""What happens to payments by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import actions


@task()
def close_unpaid() -> None:
    """Purchases not paid in time close and their goods return to the shelf."""
    actions.close_overdue(timezone.now())
