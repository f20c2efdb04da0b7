"""One small world for a whole module of pages; what a page changes is undone by whoever opens it."""

import pytest
from django.db import transaction

from tests.house.world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once. Pages are opened in a transaction of their own, addresses made before it."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True
        with whole:
            yield World()
            transaction.set_rollback(True)
