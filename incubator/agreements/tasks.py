"""What the worker does for agreements."""

from django.utils import timezone

from marketplace.core.tasks import task

from . import reminders


@task()
def remind() -> None:
    """Tell people what is due; each fact once."""
    reminders.remind(timezone.localdate())
