"""Vouchers as a buyer meets them, without script."""

from decimal import Decimal as D

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from marketplace.order.models import Purchase
from tests import promos, shop

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "王样例",
    "mobile": "13800000001",
    "area-0": "230000",
    "area-1": "230200",
    "area-2": "230281",
    "detail": "示例路 8 号",
    "payment_method": "demo",
}


@pytest.fixture
def seller():
    shop.country()
    return shop.seller(fee="8.00")


@pytest.fixture
def guest(client, seller):
    """A browser with a bag of rice of ¥59.90 in its basket; the shop's voucher takes ¥10.00 off."""
    promos.promotion(seller, code="RICE10", off="10.00", name="新米券")
    client.post(reverse("basket:add"), {"product": shop.product(seller).pk, "quantity": 1})
    return client


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def enter(client, code, **more):
    return client.post(reverse("basket:voucher"), {"voucher": code, "enter": "1"} | more, follow=True)


def checkout(client, **more):
    return client.post(reverse("checkout:index"), TYPED | more)


class TestInTheBasket:
    def test_takes_the_price_down_for_the_shop_and_in_all(self, guest):
        page = soup(enter(guest, "rice10"))

        assert [each.text for each in page.select("dd.minus")] == ["-¥10.00", "-¥10.00"]
        assert "新米券" in page.select_one(".sgroup__sum").text
        assert page.select_one("[name=take_out]")

    @pytest.mark.parametrize("code", ["NOPE", "", "<script>alert(1)</script>", "'; DROP TABLE", "x" * 500, "\x00"])
    def test_keeps_what_does_not_work_and_says_why(self, guest, code):
        answer = enter(guest, code)

        assert answer.status_code == 422
        field = soup(answer).select_one("[name=voucher]")
        assert field.get("value", "") == code
        assert soup(answer).select_one("[role=alert] .field__error") and field.has_attr("autofocus")
        assert b"<script>alert" not in answer.content

    def test_is_taken_out_again(self, guest):
        page = soup(enter(guest, "RICE10"))

        answer = enter(guest, "", take_out=page.select_one("[name=take_out]")["value"])

        assert not soup(answer).select("dd.minus")

    def test_says_what_is_missing(self, guest, seller):
        promos.promotion(seller, code="MUCH", off="30.00", minimum=D("100.00"))

        assert "40.10" in soup(enter(guest, "MUCH")).select_one(".vouchers").text

    def test_opens_the_basket_when_the_page_is_loaded_again(self, guest):
        assert guest.get(reverse("basket:voucher")).url == reverse("basket:summary")

    def test_cannot_be_guessed_by_the_thousand(self, guest):
        answers = [enter(guest, f"GUESS{n}") for n in range(61)]

        assert "太频繁" in answers[-1].content.decode() or "分钟" in answers[-1].content.decode()
        assert soup(enter(guest, "RICE10")).select_one(".field__error")


class TestInTheCheckout:
    def test_is_entered_and_everything_typed_stays(self, guest):
        page = soup(checkout(guest, voucher="RICE10", enter="1"))

        assert page.select_one("[name=detail]")["value"] == "示例路 8 号"
        assert "-¥10.00" in page.text
        assert page.select_one("[name=voucher]").get("value", "") == ""

    def test_is_not_forgotten_by_who_presses_submit_at_once(self, guest):
        page = soup(checkout(guest, refresh="1"))
        hidden = {name: page.find("input", {"name": name})["value"] for name in ("basket", "seen")}

        page = soup(checkout(guest, voucher="RICE10", **hidden))

        assert not Purchase.objects.exists()
        assert "-¥10.00" in page.text

    def test_says_what_is_wrong_where_it_is_seen_first(self, guest):
        page = soup(checkout(guest, voucher="NOPE", enter="1"))

        assert "尚未下单" not in page.select_one("#look").text
        assert page.select_one("[name=voucher]")["value"] == "NOPE"

    def test_shows_what_it_took_off_on_the_order_and_the_purchase(self, guest):
        page = soup(checkout(guest, voucher="RICE10", enter="1"))
        hidden = {name: page.find("input", {"name": name})["value"] for name in ("basket", "seen")}

        guest.post(reverse("checkout:index"), TYPED | hidden)

        purchase = Purchase.objects.get()
        assert purchase.total == D("67.90")
        for address in (
            purchase.get_absolute_url(),
            reverse("checkout:order", args=[purchase.token, purchase.orders.get().number]),
        ):
            assert "新米券" in soup(guest.get(address)).text

    def test_moves_along_when_she_signs_in(self, guest, django_user_model):
        enter(guest, "RICE10")
        guest.force_login(django_user_model.objects.create_user(mobile="13900000001"))

        assert "-¥10.00" in soup(guest.get(reverse("basket:summary"))).text
