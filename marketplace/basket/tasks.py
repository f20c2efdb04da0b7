"""What happens to baskets by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import actions


@task()
def forget_baskets() -> None:
    """Once a day is enough; twice does no harm."""
    actions.forget(timezone.now())
