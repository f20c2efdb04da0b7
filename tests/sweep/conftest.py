"""The world the sweep walks through: made once for the whole room, and whatever a request changes is undone."""

import os
from contextlib import contextmanager

import pytest
from django.db import transaction

from tests.house.world import one_world
from tests.sweep.browsing import Browsers
from tests.sweep.crawl import all_pages, lines_of_the_table, pages_of_the_table


@pytest.fixture(scope="session")
def whole() -> bool:
    """``make sweep`` asks for all of it; the suite takes a share."""
    return os.environ.get("SWEEP") == "whole"


@pytest.fixture
def swept(record_property):
    """Say how much was tried; the figures stand at the end of the run."""
    return lambda figures: record_property("swept", figures)


def pytest_terminal_summary(terminalreporter):
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    told = dict.fromkeys(text for report in reports for name, text in report.user_properties if name == "swept")
    for text in told:
        terminalreporter.write_line(text)


@pytest.fixture
def undone():
    """A block after which nothing it wrote is there."""

    @contextmanager
    def block():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return block


@pytest.fixture(scope="session")
def world(django_db_setup, django_db_blocker):
    with one_world(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="session")
def browsers(world):
    return Browsers(world)


@pytest.fixture(scope="session")
def pages(world, browsers, whole):
    """The pages of the table of addresses, or all that can be reached, with the role that opened them."""
    return all_pages(world, browsers) if whole else pages_of_the_table(world, browsers)


@pytest.fixture(scope="session")
def lines(world):
    """(role, address) of the table; everything it tells of is made before anything is spoilt."""
    return list(dict.fromkeys(lines_of_the_table(world)))
