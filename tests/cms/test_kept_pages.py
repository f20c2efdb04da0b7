"""Kept pages: quick for anybody, and never older than what they are made of."""

import gzip
import os
import re
import socket
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cms.keeping import key_of
from cms.stories import actions as stories
from incubator.learning import actions as learning
from marketplace.catalogue import actions as catalogue
from marketplace.core import stamps
from marketplace.core.caching import Forgiving
from marketplace.payment import actions as payments
from tests import incubator, pages, school, shop
from tests.cases import an_order
from tests.cms.test_front_pages import build, shelf
from tests.cms.test_stories import shown

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HIT = 1
"""The stamps are looked at, and nothing else."""


def commit() -> None:
    """What follows a commit, done; the transaction of the test itself stays open."""
    while connection.run_on_commit:
        _savepoints, deed, _robust = connection.run_on_commit.pop(0)
        deed()


def read(client, address="/") -> str:
    return client.get(address).content.decode()


def words(client, address="/") -> str:
    """The page as a reader reads it."""
    return re.sub(r"<[^>]+>", "", read(client, address))


@pytest.fixture
def goods():
    """A product on the front page."""
    made = shop.product(shop.seller("样例店"), "早稻", price="10.00")
    catalogue.refresh_all()
    build(("greeting", {}), shelf("货架", made.listing))
    commit()
    return made


@pytest.fixture
def kept(client, goods, django_assert_num_queries):
    """The front page is kept, and this asserts it."""
    read(client)
    with django_assert_num_queries(HIT):
        assert "10.00" in words(client)
    return goods


class TestAKeptPage:
    @pytest.mark.parametrize("kind", ["home", "story", "course", "lesson"])
    def test_costs_one_look_at_the_stamps(self, client, kind, django_assert_num_queries):
        lesson = pages.lesson()
        school.cohort(lesson.course_page().course)
        address = {
            "home": lambda: "/",
            "story": lambda: shown().url,
            "course": lambda: lesson.course_page().url,
            "lesson": lambda: lesson.url,
        }[kind]()
        commit()
        first = read(client, address)

        with django_assert_num_queries(HIT):
            assert read(client, address) == first

    def test_is_what_a_page_made_anew_would_be(self, client, goods):
        first, second = read(client), read(client)
        made_anew = read(client, "/?x")

        assert first == second
        assert first == made_anew.replace("?x", "")

    def test_is_sent_packed_and_not_at_all_to_whoever_has_it(self, client, kept):
        packed = client.get("/", headers={"accept-encoding": "gzip"})
        again = client.get("/", headers={"if-none-match": packed.headers["ETag"]})

        assert gzip.decompress(packed.content).decode() == read(client)
        assert (again.status_code, again.content) == (304, b"")
        assert {"Cookie", "Accept-Encoding"} <= set(packed.headers["Vary"].split(", "))
        assert packed.headers["Cache-Control"] == "no-cache"

    def test_differs_by_language_and_size_of_text(self, client, kept):
        assert 'lang="en"' in read(client, "/en/")
        client.cookies["text-size"] = "large"
        assert 'data-size="large"' in read(client)
        del client.cookies["text-size"]
        assert 'data-size="large"' not in read(client)
        assert 'lang="zh-Hans"' in read(client)


def redis_at(port: int) -> dict:
    return {"default": {"BACKEND": "marketplace.core.caching.Forgiving", "LOCATION": f"redis://127.0.0.1:{port}/0"}}


@pytest.fixture
def asked_at_once(monkeypatch):
    """Nobody found Redis away before."""
    monkeypatch.setattr(Forgiving, "asked_again_at", 0.0)


class TestWithoutTheCache:
    @pytest.fixture(autouse=True)
    def away(self, goods, settings, caplog, asked_at_once):
        settings.CACHES = redis_at(1)
        caplog.clear()

    def test_every_page_is_made(self, client, caplog):
        assert "10.00" in words(client) and "10.00" in words(client)
        assert "the cache does not answer: ConnectionError" in caplog.text

    @pytest.mark.parametrize("address", ["/healthz", "/cookies/", "/nowhere.txt"])
    def test_what_is_never_kept_is_not_looked_up(self, client, caplog, address):
        assert client.get(address).status_code in {200, 404}
        assert "the cache does not answer" not in caplog.text


class TestWithACacheThatKeepsSilent:
    """Its machine takes the connection and never says a word."""

    @pytest.fixture(autouse=True)
    def silent(self, goods, settings, caplog, asked_at_once):
        with socket.create_server(("127.0.0.1", 0)) as server:
            settings.CACHES = redis_at(server.getsockname()[1])
            caplog.clear()
            yield

    def test_is_asked_once_and_then_left_alone(self, client, caplog):
        assert "10.00" in words(client) and "10.00" in words(client)
        assert caplog.text.count("the cache does not answer: TimeoutError") == 1

    def test_is_asked_again_after_a_while(self, client, caplog, monkeypatch):
        monkeypatch.setattr("marketplace.core.caching.SECONDS_LEFT_ALONE", 0)

        assert "10.00" in words(client)
        assert caplog.text.count("the cache does not answer: TimeoutError") > 1


class TestGrowsOldWhen:
    def test_a_page_is_published(self, client, kept):
        build(shelf("另一个货架", kept.listing))
        commit()

        assert "另一个货架" in read(client)

    def test_a_price_changes(self, client, kept):
        record = kept.stockrecords.get()
        record.price = Decimal("12.50")
        record.save()
        commit()

        assert "12.50" in words(client)

    def test_a_shop_takes_another_name(self, client, kept):
        build(("shops", {"heading": "店", "sellers": [kept.seller]}))
        commit()
        assert "样例店" in read(client)

        kept.seller.name = "改名店"
        kept.seller.save()
        commit()

        assert "改名店" in read(client)

    def test_goods_are_gone(self, client, kept):
        kept.delete()
        commit()

        assert "早稻" not in read(client)

    def test_an_order_is_refunded(self, client):
        seller = shop.seller("样例店")
        order = an_order(of=seller, sent=False)
        figure = {"measure": "orders", "seller": seller, "since": NOW.date() - timedelta(days=9), "label": "订单数"}
        story = shown(body=[("live_figure", figure)])
        commit()
        assert "fig--off" not in read(client, story.url)

        payments.cancel_order(order=order, by=None, at=timezone.now())
        commit()

        assert "fig--off" in read(client, story.url)

    def test_consent_is_withdrawn(self, client):
        story = shown()
        build(("stories", {"heading": "故事", "stories": [story]}))
        commit()
        assert "示例故事" in read(client, story.url)
        assert "示例故事" in read(client)

        stories.withdraw_consent(story=story, at=NOW, by=None)
        commit()

        assert client.get(story.url).status_code == 404
        assert "示例故事" not in read(client)

    def test_a_seat_is_taken(self, client):
        page = pages.course()
        cohort = school.cohort(page.course, seats=5)
        commit()
        before = read(client, page.url)
        assert before == read(client, page.url)

        learning.enrol(learner=school.learner(), cohort=cohort, by=None, at=NOW)
        commit()

        assert read(client, page.url) != before

    def test_the_day_is_over(self, client, kept):
        entry = cache.get(key_of(client.get("/").wsgi_request))
        assert entry.holds(stamps.current())

        with time_machine.travel(NOW + timedelta(days=1)):
            assert not entry.holds(stamps.current())

    def test_a_page_it_names_goes_down_by_itself(self, client):
        story = shown(expire_at=NOW + timedelta(seconds=30))
        build(("stories", {"heading": "故事", "stories": []}))
        commit()
        assert "示例故事" in read(client)

        with time_machine.travel(NOW + timedelta(seconds=40)):
            call_command("publish_scheduled")
            commit()
            assert client.get(story.url).status_code == 404
            assert "示例故事" not in read(client)

    def test_a_page_past_its_end_that_still_stands_keeps_nobody_from_keeping_others(self, client):
        shown(expire_at=NOW + timedelta(seconds=30))
        commit()
        read(client)

        with time_machine.travel(NOW + timedelta(minutes=10)):
            read(client)
            assert cache.get(key_of(client.get("/").wsgi_request)) is not None


class TestNothingPersonal:
    def test_is_kept_of_somebody_signed_in(self, client, kept):
        client.force_login(incubator.person("0081", nickname="认得我"))
        answer = client.get("/")

        assert "ETag" not in answer.headers
        assert answer.headers["Vary"].count("Cookie") == 1

    @pytest.mark.parametrize("cookie", ["basket-count", "sessionid", "messages", "oscar_open_basket", "anything"])
    def test_is_shown_from_the_store_to_a_reader_with_a_cookie(self, client, kept, cookie):
        client.cookies[cookie] = "7"

        answer = client.get("/")

        assert "ETag" not in answer.headers

    def test_a_basket_count_is_hers_alone(self, client, kept):
        client.cookies["basket-count"] = "7"
        assert "data-basket-count>7<" in read(client)
        client.cookies.clear()
        assert "data-basket-count>7<" not in read(client)

    def test_a_page_with_a_token_is_not_kept(self, client, goods, settings):
        user = incubator.person("0082")
        page = pages.lesson()
        pages.seat(user, page)
        commit()
        client.force_login(user)
        assert "csrfmiddlewaretoken" in read(client, page.url)
        client.logout()
        client.cookies.clear()

        assert "csrfmiddlewaretoken" not in read(client, page.url)

    def test_a_draft_looked_at_is_not_kept(self, client, kept):
        home = pages.home()
        home.headline = "草稿里的话"
        home.save_revision()
        commit()

        home.make_preview_request()

        assert "草稿里的话" not in read(client)

    def test_a_question_with_more_in_it_is_answered_anew(self, client, kept):
        assert "ETag" not in client.get("/?utm=1").headers


class TestStamps:
    def test_are_not_told_before_the_commit(self, client, kept):
        stamps.touch(stamps.GOODS)

        assert stamps.current() is None
        assert "ETag" not in client.get("/").headers

    def test_change_once_for_many_changes(self):
        stamps.touch(stamps.GOODS, stamps.PAGES)
        stamps.touch(stamps.GOODS)

        assert len([deed for _s, deed, _r in connection.run_on_commit if isinstance(deed, stamps.Renewal)]) == 2


READER = """
import re, sys, django
django.setup()
from django.test import Client
client = Client()
for _line in sys.stdin:
    answer = client.get("/", headers={"host": "localhost"})
    print("12.50" in re.sub("<[^>]+>", "", answer.content.decode()), answer.headers.get("ETag"), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_a_change_at_once(client):
    goods = shop.product(shop.seller("样例店"), "早稻", price="10.00")
    catalogue.refresh_all()
    build(shelf("货架", goods.listing))
    other = subprocess.Popen([sys.executable, "-c", READER], stdin=-1, stdout=-1, text=True, env=environment())
    try:
        first, second = ask(other), ask(other)
        record = goods.stockrecords.get()
        record.price = Decimal("12.50")
        record.save()
        third = ask(other)
    finally:
        other.communicate(timeout=60)

    assert first == second
    assert first.startswith("False")
    assert third.startswith("True")


def ask(other) -> str:
    other.stdin.write("\n")
    other.stdin.flush()
    return other.stdout.readline()


def environment() -> dict[str, str]:
    """Of a worker on the database of this test."""
    database = connection.settings_dict
    is_sqlite = connection.vendor == "sqlite"
    host = f"{database['USER']}@{database['HOST']}:{database['PORT']}"
    url = f"sqlite:///{database['NAME']}" if is_sqlite else f"postgres://{host}/{database['NAME']}"
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "marketplace.settings.test"}
