"""Favourites: kept by a heart, found again, and honest about what has left the shelf."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.catalogue import actions as catalogue
from marketplace.favourites import actions
from marketplace.favourites.models import Favourite
from tests import door, shop

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])


@pytest.fixture
def buyer(django_user_model):
    return django_user_model.objects.create_user(mobile="13900000001", password=door.PASSWORD)


@pytest.fixture
def mine(client, buyer):
    client.force_login(buyer)
    return client


@pytest.fixture
def goods():
    return on_shelf(shop.product(shop.seller(), "齐齐哈尔新米"))


def on_shelf(product):
    catalogue.refresh_listing(product=product)
    return product


def press(client, product, **typed):
    return client.post(reverse("customer:favourite", args=[product.pk]), typed)


def listed(client, page=1) -> str:
    return client.get("/account/favourites/", {"page": page}).content.decode()


class TestTheHeart:
    def test_keeps_a_good_once_however_often_it_is_pressed(self, mine, buyer, goods):
        answers = [press(mine, goods, keep="yes") for _n in range(2)]

        assert [answer.url for answer in answers] == [goods.get_absolute_url()] * 2
        assert Favourite.objects.get().product == goods and goods.title in listed(mine)

    def test_gives_a_good_up_and_leads_back_to_the_list(self, mine, buyer, goods):
        press(mine, goods, keep="yes")

        answers = [press(mine, goods, keep="no", next="/account/favourites/?page=1") for _n in range(2)]

        assert answers[1].url == "/account/favourites/?page=1" and not Favourite.objects.exists()

    def test_of_a_pack_means_the_whole_good(self, mine, goods, django_user_model):
        goods.structure = "parent"
        goods.save()
        pack = goods.children.create(structure="child", title="", is_public=True)

        press(mine, pack, keep="yes")

        assert Favourite.objects.get().product == goods

    @BOTH
    def test_says_on_the_page_of_the_good_what_pressing_does(self, mine, goods, prefix):
        address = f"{prefix}/products/{goods.slug}_{goods.pk}/"
        assert 'value="yes" aria-pressed="false"' in mine.get(address).content.decode()

        press(mine, goods, keep="yes")

        assert 'value="no" aria-pressed="true"' in mine.get(address).content.decode()

    def test_leads_nowhere_else(self, mine, goods):
        assert press(mine, goods, keep="yes", next="//example.com/").url == goods.get_absolute_url()

    def test_keeps_nothing_that_is_not_for_all_eyes(self, mine, goods):
        goods.is_public = False
        goods.save()

        assert press(mine, goods, keep="yes").status_code == 404 and not Favourite.objects.exists()


class TestAGuest:
    def test_signs_in_and_finds_the_good_kept(self, client, buyer, goods):
        led = press(client, goods, keep="yes")
        answer = client.post(led.url, {"name": "13900000001", "password": door.PASSWORD}, follow=True)

        assert answer.request["PATH_INFO"] == goods.get_absolute_url()
        assert Favourite.objects.get().user == buyer

    def test_keeps_nothing_by_a_link_somebody_else_made(self, mine, goods):
        answer = mine.get(reverse("customer:favourite", args=[goods.pk]))

        assert answer.url == goods.get_absolute_url() and not Favourite.objects.exists()

    def test_costs_the_page_of_a_good_no_query(self, client, goods, mine, django_user_model):
        from django.test import Client

        def queries(browser):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(goods.get_absolute_url()).status_code == 200
            return [query["sql"] for query in captured if "favourites_favourite" in query["sql"]]

        assert len(queries(Client())) == 0 and len(queries(mine)) == 1


class TestTheList:
    def test_shows_nobody_elses(self, mine, goods, django_user_model):
        stranger = django_user_model.objects.create_user(mobile="13900000002")
        actions.keep(product=goods, by=stranger, at=timezone.now())

        press(mine, goods, keep="no")

        assert goods.title not in listed(mine) and Favourite.objects.get().user == stranger

    def test_says_what_is_sold_out_closed_or_gone(self, mine, buyer):
        resting = shop.seller("歇业店", closed_until=timezone.localdate() + timedelta(days=5))
        made = [shop.product(shop.seller("甲"), "甲米", stock=0), shop.product(resting, "乙米")]
        made.append(shop.product(shop.seller("丙"), "丙米", is_public=False))
        for product in made:
            actions.keep(product=on_shelf(product), by=buyer, at=timezone.now())

        page = listed(mine)

        assert "已售罄" in page and "店铺休息" in page and "已下架" in page
        assert made[2].get_absolute_url() not in page

    @BOTH
    def test_is_empty_at_first(self, mine, prefix):
        answer = mine.get(f"{prefix}/account/favourites/")

        assert answer.status_code == 200 and 'class="empty"' in answer.content.decode()

    def test_goes_on_over_pages_at_the_cost_of_one(self, mine, buyer, goods, monkeypatch):
        monkeypatch.setattr("marketplace.customer.views.favourites.PER_PAGE", 10)
        seller = shop.seller("大店")

        def queries():
            with CaptureQueriesContext(connection) as captured:
                assert mine.get("/account/favourites/").status_code == 200
            return len(captured)

        actions.keep(product=goods, by=buyer, at=timezone.now())
        few = queries()
        for number in range(11):
            later = timezone.now() + timedelta(minutes=number)
            actions.keep(product=on_shelf(shop.product(seller, f"豆{number}")), by=buyer, at=later)

        assert queries() == few
        assert "豆10" in listed(mine) and goods.title in listed(mine, 2) and goods.title not in listed(mine)
