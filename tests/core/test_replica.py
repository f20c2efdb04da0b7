"""Reading from a copy of the database: who does, and what happens when it is away or behind."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connections, router
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from marketplace.catalogue.models import Listing
from marketplace.core import replica, watching
from marketplace.core.models import Heartbeat
from marketplace.settings.database import database
from tests import shop

pytestmark = pytest.mark.django_db
LIST = reverse("catalogue:index")


@pytest.fixture(autouse=True)
def switched_on(settings, monkeypatch):
    settings.REPLICA = True
    settings.DATABASE_ROUTERS = ["marketplace.core.replica.Router"]
    monkeypatch.setattr(replica, "condition", replica.Condition())


@pytest.fixture
def copy(monkeypatch):
    """As good as the first: it is the same."""
    monkeypatch.setattr(replica, "keeps_up", lambda: True)


@pytest.fixture
def dead():
    """A copy nobody answers for."""
    settings = database("postgres://nobody@127.0.0.1:1/nothing")
    connections["replica"] = DatabaseWrapper(connections["default"].settings_dict | settings, alias="replica")
    yield
    del connections["replica"]


def asked_of(request) -> str:
    """Which database a marked page reads."""
    view = replica.read_there(lambda request: HttpResponse(router.db_for_read(Listing)))
    return view(request).content.decode()


def question(method="get", **cookies):
    request = getattr(RequestFactory(), method)("/products/")
    request.COOKIES = cookies
    return request


class TestWhoReadsThere:
    def test_readers_nothing_is_kept_of(self, copy):
        assert asked_of(question()) == "replica"
        assert asked_of(question(csrftoken="x", province="230000")) == "replica"

    @pytest.mark.parametrize("cookie", ["sessionid", "basket", "messages", "shared"])
    def test_nobody_who_may_have_written_something(self, copy, cookie):
        assert asked_of(question(**{cookie: "x"})) == "default"

    def test_nobody_who_sends_something(self, copy):
        assert asked_of(question("post")) == "default"

    def test_no_other_page(self, copy):
        assert router.db_for_read(Listing) == "default"

    def test_no_page_once_it_has_written(self, copy):
        def writes(request):
            assert router.db_for_write(Listing) == "default"
            return HttpResponse(router.db_for_read(Listing))

        assert replica.read_there(writes)(question()).content == b"default"

    def test_nobody_where_there_is_none(self, copy, settings):
        settings.REPLICA = False

        assert asked_of(question()) == "default"

    def test_ends_with_the_page_even_when_it_breaks(self, copy):
        def breaks(request):
            raise ValueError

        with pytest.raises(ValueError):
            replica.read_there(breaks)(question())
        assert router.db_for_read(Listing) == "default"


class TestWhenItIsAway:
    def test_lists_are_read_from_the_first(self, dead, client, caplog):
        good = shop.product(shop.seller())

        page = client.get(LIST)

        assert page.status_code == 200 and good.title in page.content.decode()
        assert "reading from the first database" in caplog.text

    def test_a_page_it_fails_under_is_made_again(self, copy):
        asked = []

        def fails_once(request):
            asked.append(router.db_for_read(Listing))
            if asked == ["replica"]:
                raise OperationalError
            return HttpResponse()

        assert replica.read_there(fails_once)(question()).status_code == 200
        assert asked == ["replica", "default"]
        assert asked_of(question()) == "default"

    def test_what_is_not_there_yet_is_looked_for_in_the_first(self, copy):
        def newly_made(request):
            if router.db_for_read(Listing) == "replica":
                raise Http404
            return HttpResponse()

        assert replica.read_there(newly_made)(question()).status_code == 200
        assert asked_of(question()) == "replica"


class TestKeepsUp:
    @pytest.fixture(autouse=True)
    def heard(self, monkeypatch):
        """When each of the two last heard of the worker."""
        self.at = dict.fromkeys(["default", "replica"], timezone.now())
        monkeypatch.setattr(replica, "heard_last", lambda name: self.at[name])

    @pytest.mark.parametrize(("behind", "keeps_up"), [(0, True), (60, True), (61, False), (3600, False)])
    def test_within_a_minute(self, behind, keeps_up):
        self.at["replica"] -= timedelta(seconds=behind)

        assert replica.keeps_up() is keeps_up

    def test_as_long_as_no_worker_ever_spoke(self):
        self.at = {"default": None, "replica": None}

        assert replica.keeps_up()

    def test_is_looked_at_once_in_a_while(self):
        assert replica.condition.may_be_read()

        self.at["replica"] -= timedelta(hours=1)

        assert replica.condition.may_be_read()
        replica.condition.looked_at -= replica.SECONDS_BETWEEN_LOOKS + 1
        assert not replica.condition.may_be_read()


def test_the_last_word_of_the_worker_is_what_is_compared():
    now = timezone.now()
    watching.beat(now)

    assert replica.heard_last("default") == now == Heartbeat.objects.get().at
