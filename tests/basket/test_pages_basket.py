"""The basket page: goods in, more, fewer, out, and what it says of freight and of impossible wishes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from marketplace.partner.models import StockRecord
from tests import shop

pytestmark = pytest.mark.django_db

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def rice():
    return shop.product(shop.seller("讷河样例粮铺", fee="8.00"), stock=5)


def put(client, product, quantity=1, **extra):
    return client.post(reverse("basket:add"), {"product": product.pk, "quantity": quantity} | extra)


def page(client):
    return BeautifulSoup(client.get(reverse("basket:summary")).content, "html.parser")


def quantities(client):
    return [field["value"] for field in page(client).select(".stepper input")]


def change_url(client):
    return page(client).select_one("form[data-line]")["action"]


class TestAdd:
    def test_answers_scripts_with_the_number_in_the_basket(self, client, rice):
        answer = client.post(reverse("basket:add"), {"product": rice.pk, "quantity": 2}, headers=FETCH)

        assert answer.json()["count"] == 2
        assert answer.json()["action"]["href"] == reverse("basket:summary")
        assert answer.cookies["basket-count"].value == "2"

    def test_leads_on_to_a_page_of_ours(self, client, rice):
        assert put(client, rice, next="/checkout/").url == "/checkout/"

    def test_never_leads_to_another_host(self, client, rice):
        assert put(client, rice, next="https://example.com/").url == reverse("basket:summary")

    @pytest.mark.parametrize("quantity", ["-1", "0", "1.5", "1000", "9" * 400, "many", ""])
    def test_refuses_what_is_no_sensible_quantity(self, client, rice, quantity):
        answer = client.post(reverse("basket:add"), {"product": rice.pk, "quantity": quantity}, headers=FETCH)

        assert answer.status_code == 422 and "999" in answer.json()["message"]
        assert quantities(client) == []

    @pytest.mark.parametrize(("page", "said"), [("/basket/add/", "整数"), ("/en/basket/add/", "whole number")])
    def test_refuses_in_the_language_of_the_reader(self, client, rice, page, said):
        answer = client.post(page, {"product": rice.pk, "quantity": "-3"}, headers=FETCH)

        assert said in answer.json()["message"]

    @pytest.mark.parametrize("product", ["0", "x", "99999999999999999999999"])
    def test_refuses_unknown_goods_in_words(self, client, product):
        answer = client.post(reverse("basket:add"), {"product": product, "quantity": 1}, headers=FETCH)

        assert answer.status_code == 422 and answer.json()["message"]

    def test_refuses_more_than_there_is(self, client, rice):
        put(client, rice, 4)

        assert client.post(reverse("basket:add"), {"product": rice.pk, "quantity": 2}, headers=FETCH).status_code == 422
        assert quantities(client) == ["4"]


class TestChange:
    @pytest.mark.parametrize(
        ("sent", "left"),
        [
            ({"quantity": 3}, ["3"]),
            ({"quantity": 2, "step": 1}, ["3"]),
            ({"quantity": 2, "step": -1}, ["1"]),
            ({"quantity": 0}, []),
            ({"quantity": 1, "step": -1}, []),
            ({"quantity": -3}, ["2"]),
            ({"quantity": 6}, ["2"]),
            ({"quantity": "1.5"}, ["2"]),
        ],
        ids=["typed", "plus", "minus", "none", "minus the last", "negative", "beyond stock", "fraction"],
    )
    def test_does_what_was_asked_or_nothing(self, client, rice, sent, left):
        put(client, rice, 2)

        client.post(change_url(client), sent)

        assert quantities(client) == left

    def test_leaves_other_peoples_baskets_alone(self, client, rice):
        line = shop.basket(rice).lines.get()
        put(client, rice)

        assert client.post(reverse("basket:change", args=[line.pk]), {"quantity": 0}).status_code == 404


class TestTheBasketPage:
    def test_says_what_delivery_costs_once_the_province_is_known(self, client, rice):
        put(client, rice)
        client.post(reverse("basket:province"), {"province": "23"})

        assert "¥18.00" in page(client).select_one(".sgroup__sum").text  # 5.5 kg packed: 8 + 5 × 2

    def test_ignores_a_province_that_does_not_exist(self, client, rice):
        put(client, rice)
        client.post(reverse("basket:province"), {"province": "99"})
        client.cookies["province"] = "<script>"

        assert client.get(reverse("basket:summary")).status_code == 200

    def test_tells_what_cannot_go_there_before_checkout(self, client, rice):
        put(client, rice)
        rice.seller.freight_templates.get().zones.create(provinces=["54"], delivers=False)
        client.post(reverse("basket:province"), {"province": "54"})

        assert page(client).select_one(".sgroup .alert")
        assert not page(client).find("a", href=reverse("checkout:index"))

    def test_shows_a_price_that_changed(self, client, rice):
        put(client, rice)
        StockRecord.objects.update(price=Decimal("66.00"))

        shown = page(client).select_one(".line").text
        assert "¥59.90" in shown and "¥66.00" in shown

    @pytest.mark.parametrize("spoil", ["stock", "shop"])
    def test_tells_what_can_no_longer_be_ordered(self, client, rice, spoil):
        put(client, rice, 3)
        if spoil == "stock":
            StockRecord.objects.update(num_in_stock=1)
        else:
            rice.seller.closed_until = timezone.localdate() + timedelta(days=3)
            rice.seller.save()

        assert page(client).select_one(".sgroup .field__error, .sgroup .alert")

    def test_is_kind_when_empty(self, client):
        assert page(client).select_one(".empty")

    def test_shows_titles_as_text(self, client):
        put(client, shop.product(shop.seller("<script>a</script>"), "<script>b</script>"))

        assert b"<script>a" not in client.get(reverse("basket:summary")).content
