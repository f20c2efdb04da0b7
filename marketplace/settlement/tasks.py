"""What happens to sellers' money by itself."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import release as releases


@task()
def release() -> None:
    """Shares whose guard time is over can be withdrawn."""
    releases.release_ripe(timezone.now())
