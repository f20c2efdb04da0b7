"""What every test stands on: a database migrated once per state of the migrations, then copied."""

import pytest
from django.db import connections
from django.test import SimpleTestCase, TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.prepared import prepared_database
from tests.stand_in import stripe  # noqa: F401  (a fixture for whoever asks)

settings.register_profile("busy machines too", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machines too")
"""A property holds or does not; how long one example took says nothing about it."""


def pytest_addoption(parser):
    parser.addoption("--only-database", action="store_true", help="leave out what no database can answer otherwise")


def pytest_collection_modifyitems(config, items):
    """The suite on a second database needs no second look at what touches none."""
    if config.getoption("only_database"):
        others = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if touches_database(item)]


DATABASE = {"django_db_setup", "db", "transactional_db"}


def touches_database(item) -> bool:
    """True if it is marked so, or if anything it stands on is."""
    in_a_case = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    return in_a_case or item.get_closest_marker("django_db") is not None or bool(DATABASE & set(item.fixturenames))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, request):
    """A copy of the prepared database for this process; no test ever waits for migrations twice."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        copy = prepared_database(connections["default"], worker)
        copy.make()
    restore_instead_of_flushing(copy)
    yield
    with django_db_blocker.unblock():
        copy.drop()


def restore_instead_of_flushing(copy):
    """A test that commits leaves the database to be copied anew: what migrations wrote is there for the next one."""

    def restore(self):
        copy.make()

    TransactionTestCase._fixture_teardown = restore


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for a class of tests; what each of them changes is rolled back. Its value: what was printed."""
    from io import StringIO

    from django.core.management import call_command
    from django.db import transaction

    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def tasks_run_at_once(settings):
    """Tasks run where they are enqueued, after the commit; the queue itself has tests of its own."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(scope="session")
def first_frame():
    """The menu and footer before anybody wrote one, in both languages."""
    from math import inf

    from django.utils import translation

    from cms import frame
    from cms.models import Frame

    kept = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            kept[language] = frame.Kept(frame.read(Frame()), None, inf)
    return kept


@pytest.fixture(autouse=True)
def empty_cache(first_frame):
    """No test sees what another one remembered, and the first page of a test asks no more than the second."""
    from django.core.cache import cache

    from cms import frame, keeping, sites

    cache.clear()
    sites.forget()
    keeping.next_end.cache_clear()
    frame.forget()
    frame._kept.update(first_frame)


@pytest.fixture(autouse=True)
def chinese():
    """Every test begins in the default language, whatever page the one before it opened."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
