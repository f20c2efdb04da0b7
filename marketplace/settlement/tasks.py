"""What happens to sellers' money by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import payouts, recalls
from . import release as releases


@task()
def release() -> None:
    """Shares whose guard time is over can be withdrawn."""
    releases.release_ripe(timezone.now())


@task()
def ask_doors() -> None:
    """Payouts and recalls whose door gave no answer are asked for again."""
    payouts.send_outstanding()
    recalls.send_outstanding()
