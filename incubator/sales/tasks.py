"""What the worker does for sales."""

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.held_files import HeldFile
from marketplace.core.tasks import task

from . import uploads
from .models import ChannelAccount


@task()
def take_in_file(account_id: int, name: str, stored: str, by_id: int) -> None:
    """Read a large file in; safe to run twice, the same rows count once."""
    file = HeldFile(name, stored)
    account = ChannelAccount.objects.get(pk=account_id)
    uploads.read_in(account, file, file.read(), by=User.objects.get(pk=by_id), at=timezone.now())
