"""What happens to stock by itself."""

from marketplace.core.tasks import task

from . import actions
from .models import StockRecord


@task()
def follow_grants() -> None:
    """Lists follow supply grants that began or ended; nobody can order after the end whether this has run or not."""
    actions.follow(list(StockRecord.objects.filter(grant__isnull=False).values_list("product_id", flat=True)))
