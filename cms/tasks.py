"""What happens to pages by itself."""

from django.core.management import call_command

from marketplace.core.tasks import task


@task()
def keep_time() -> None:
    """Publish what was scheduled for now, and take down what has expired."""
    call_command("publish_scheduled", verbosity=0)
