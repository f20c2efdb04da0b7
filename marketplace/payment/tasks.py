"""What happens to payments by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import actions, stripe_events, stripe_watch


@task()
def close_unpaid() -> None:
    """Purchases not paid in time close and their goods return to the shelf."""
    actions.close_overdue(timezone.now())


@task()
def watch_stripe() -> None:
    """What Stripe's news did not tell us is found by asking."""
    stripe_watch.watch(timezone.now())
    stripe_events.work_off()
