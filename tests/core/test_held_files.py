"""Files between a preview and a yes."""

from datetime import timedelta

from django.utils import timezone

from marketplace.core import held_files
from marketplace.core.private_files import private_storage


def test_what_nobody_took_in_is_deleted_once_its_token_is_dead():
    token = held_files.hold(b"rows", "sales.csv", purpose="sales")
    stored = held_files.held(token, purpose="sales").stored

    held_files.forget(timezone.now())
    assert private_storage().exists(stored)

    held_files.forget(timezone.now() + timedelta(seconds=held_files.KEPT_SECONDS + 60))
    assert not private_storage().exists(stored)
