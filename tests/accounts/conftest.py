import pytest

from marketplace.accounts.models import User
from tests import door


@pytest.fixture
def buyer():
    return User.objects.create_user(mobile="13900000001", email="buyer@example.org", password=door.PASSWORD)


@pytest.fixture(autouse=True)
def outbox(settings):
    """Text messages of this test."""
    settings.SMS_PROVIDER = "tests.door.Outbox"
    door.Outbox.texts, door.Outbox.fails = [], False
    return door.Outbox


@pytest.fixture
def later(monkeypatch):
    """Moves the clock of everything that asks for the time: ``later(minutes=2)``."""
    from datetime import timedelta

    from django.utils import timezone

    real = timezone.now

    def move(**by):
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(**by))

    return move
