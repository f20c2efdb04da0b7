"""One small world for a whole module of pages; what a page changes is undone by whoever opens it."""

import pytest

from tests.house.world import one_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once. Pages are opened in a transaction of their own, addresses made before it."""
    with one_world(django_db_blocker) as made:
        yield made


@pytest.fixture
def swept(record_property):
    """Say how much was tried; ``make sweep`` prints the figures at the end of its run."""
    return lambda figures: record_property("swept", figures)
