"""Sums that are planned each time they are asked for."""

import pytest
from django.db import connection

from marketplace.accounts.models import User
from marketplace.core.planning import rows_planned_anew
from marketplace.settings.database import TIMES_UNTIL_PREPARED

pytestmark = pytest.mark.django_db
OFTEN = 2 * TIMES_UNTIL_PREPARED


def kept_ready(words):
    """How many statements with these words the server keeps ready; SQLite keeps none."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{words}%"])
        return cursor.fetchone()[0]


def test_rows_are_what_they_always_are_however_often_and_kept_ready_by_no_server():
    User.objects.create(mobile="+8613911110001")
    rows = User.objects.filter(mobile__gt="+86139").order_by("mobile").values_list("mobile", flat=True)

    for _again in range(OFTEN):
        assert rows_planned_anew(rows.all()) == ["+8613911110001"]

    assert not kept_ready('"mobile" > ')


def test_other_statements_are_kept_ready_as_before_also_after_one_that_failed():
    with pytest.raises(ZeroDivisionError):
        rows_planned_anew(Failing())
    for _again in range(OFTEN):
        list(User.objects.filter(email="nobody@example.org"))

    assert kept_ready('"email" = ') == (connection.vendor == "postgresql")


class Failing:
    """Rows that cannot be read."""

    db = "default"

    def __iter__(self):
        raise ZeroDivisionError
