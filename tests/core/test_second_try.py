"""A connection that ends under a request: read once more over a new one, or told as the error it is."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from marketplace.core.second_try import repeatable

ran: list[str] = []


def breaking(request):
    """The server ends the connection the first time, as ``pg_terminate_backend`` does it."""
    ran.append(request.method)
    with connection.cursor() as cursor:
        if len(ran) == 1:
            connection.connection.close()
        try:
            cursor.execute("SELECT 1")
        except Exception as error:  # each engine has its own way to say it
            raise OperationalError("closed") from error
    return HttpResponse(f"{request.user.is_authenticated} {len(ran)}")


def wrong(request):
    """An error of the database that says nothing of the connection, which stands."""
    ran.append(request.method)
    connection.ensure_connection()
    raise OperationalError("lock timeout")


urlpatterns = [
    path("once/", breaking),
    path("twice/", repeatable(lambda request: breaking(request))),
    path("wrong/", wrong),
]


@pytest.fixture
def browser(client, transactional_db):
    ran.clear()
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        yield client


class TestAConnectionThatEnds:
    def test_is_not_noticed_by_whoever_reads(self, browser):
        assert browser.get("/once/").content == b"False 2"

    def test_is_not_noticed_where_doing_it_twice_does_no_harm(self, browser):
        assert browser.post("/twice/").content == b"False 2"
        assert ran == ["POST", "POST"]

    def test_is_an_error_where_nobody_knows_whether_it_was_done(self, browser):
        assert browser.post("/once/").status_code == 500
        assert ran == ["POST"]

    def test_is_replaced_for_the_next_request(self, browser):
        browser.post("/once/")

        assert browser.get("/once/").status_code == 200


def test_another_error_is_told_at_once(browser):
    assert browser.get("/wrong/").status_code == 500
    assert ran == ["GET"]
