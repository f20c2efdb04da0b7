"""What happens to goods on offer by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import alerts


@task()
def watch_stock() -> None:
    """Sellers hear of packs that run out."""
    alerts.tell_of_low_stock(timezone.now())
