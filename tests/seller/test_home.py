"""The front page of the seller centre."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.order.models import Order
from marketplace.seller import home, team
from marketplace.seller.capabilities import TeamRole
from tests import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def weidong(django_user_model):
    return django_user_model.objects.create_user(mobile="13900000002")


def sell(good, times=1):
    for _time in range(times):
        shop.buy(good, payment_method="cash")


class TestSevenDays:
    def test_counts_what_was_bought_and_not_what_was_closed(self, weidong):
        good = shop.product(shop.seller(), stock=50)
        member = team.join(seller=good.seller, user=weidong, role=TeamRole.OWNER)
        sell(good, 2)
        shop.buy(good, payment_method="demo")

        seen = home.overview(member, timezone.localdate())

        assert (seen.packs, str(seen.amount)) == (2, "119.80")
        assert [day.packs for day in seen.days] == [0, 0, 0, 0, 0, 0, 2]

    def test_leaves_out_what_is_older(self, weidong):
        good = shop.product(shop.seller(), stock=50)
        member = team.join(seller=good.seller, user=weidong, role=TeamRole.OWNER)
        sell(good)
        Order.objects.update(date_placed=timezone.now() - timedelta(days=7))

        assert home.overview(member, timezone.localdate()).packs == 0


class TestThePage:
    def test_says_what_waits_to_be_shipped(self, client, weidong):
        good = shop.product(shop.seller(), stock=50)
        team.join(seller=good.seller, user=weidong, role=TeamRole.OWNER)
        sell(good, 3)
        client.force_login(weidong)

        page = BeautifulSoup(client.get("/seller/").content, "html.parser")

        assert page.select_one(".todo__n").text == "3"

    def test_shows_a_packer_no_amount(self, client, weidong):
        good = shop.product(shop.seller(), stock=50)
        team.join(seller=good.seller, user=weidong, role=TeamRole.PACKER)
        sell(good)
        client.force_login(weidong)

        assert "¥" not in client.get("/seller/").content.decode()

    def test_asks_the_database_as_often_for_many_orders_as_for_one(self, client, weidong):
        good = shop.product(shop.seller(), stock=50)
        team.join(seller=good.seller, user=weidong, role=TeamRole.OWNER)
        client.force_login(weidong)
        counts = []
        for times in (1, 10):
            sell(good, times)
            with CaptureQueriesContext(connection) as queries:
                answer = client.get("/seller/")
            counts.append(len(queries))

        assert counts[0] == counts[1] <= 15
        assert len(answer.content) < 200_000
