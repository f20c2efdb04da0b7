"""The first operator of a new site, made by hand at a prompt."""

import builtins
import getpass
import io

import pytest
from django.core.management import call_command

from marketplace.accounts.models import User

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_types_a_number_and_a_password(monkeypatch):
    monkeypatch.setattr(builtins, "input", lambda _asked: "13911112222")
    monkeypatch.setattr(getpass, "getpass", lambda _asked="": "a-long-sample-password")

    call_command("createsuperuser", stdin=Terminal(), stdout=io.StringIO(), interactive=True)

    made = User.objects.get()
    assert made.is_superuser and str(made.mobile) == "+8613911112222" and made.check_password("a-long-sample-password")
