"""What happens to orders by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import actions


@task()
def confirm_receipts() -> None:
    """Orders whose buyers said nothing in time count as received."""
    actions.confirm_overdue_receipts(timezone.now())
