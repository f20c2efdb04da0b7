"""The checkout as a buyer meets it, with and without script."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from oscar.apps.basket.models import Basket

from marketplace.address.models import UserAddress
from marketplace.basket import actions
from marketplace.order.models import Purchase
from marketplace.partner.models import StockRecord
from tests import shop

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
def goods():
    shop.country()
    return [shop.product(shop.seller(f"样例店{n}", fee="8.00"), f"米{n}") for n in range(3)]


@pytest.fixture
def guest(client, goods):
    """A browser with goods of three sellers in its basket."""
    for each in goods:
        client.post(reverse("basket:add"), {"product": each.pk, "quantity": 1})
    return client


def hidden(response):
    """What the page sends along without being typed."""
    page = BeautifulSoup(response.content, "html.parser")
    return {name: page.find("input", {"name": name})["value"] for name in ("basket", "seen")}


def looked(client, **typed):
    """The form as a buyer sends it who has seen freight for her address."""
    shown = client.post(reverse("checkout:index"), TYPED | typed | {"refresh": "1"})
    return TYPED | typed | hidden(shown)


def press(client, form):
    return client.post(reverse("checkout:index"), form)


class TestAGuestOrdering:
    def test_makes_one_purchase_of_three_sellers_and_goes_to_pay(self, guest):
        answer = press(guest, looked(guest))

        purchase = Purchase.objects.get()
        assert purchase.orders.count() == 3
        assert answer.url == reverse("payment:demo", args=[purchase.attempts.get().key])

    def test_is_led_to_the_same_purchase_by_a_second_press(self, guest):
        form = looked(guest)

        answers = [press(guest, form), press(guest, form)]

        assert Purchase.objects.count() == 1
        assert answers[0].url == answers[1].url

    def test_tells_each_seller_her_own_note(self, guest, goods):
        press(guest, looked(guest, **{f"note-{goods[1].seller.pk}": "请轻放"}))

        notes = {order.seller_id: order.note for order in Purchase.objects.get().orders.all()}
        assert notes == {goods[0].seller.pk: "", goods[1].seller.pk: "请轻放", goods[2].seller.pk: ""}

    def test_goes_straight_to_thanks_when_paying_the_courier(self, guest):
        answer = press(guest, looked(guest, payment_method="cash"))

        assert answer.url == Purchase.objects.get().get_absolute_url()

    def test_without_goods_is_sent_to_the_basket(self, client):
        assert client.get(reverse("checkout:index")).url == reverse("basket:summary")


class TestBuyingOneGoodNow:
    @pytest.fixture
    def alone(self, goods):
        """A fourth good that is not in the basket."""
        return shop.product(shop.seller("第四家样例店", fee="8.00"), "鸭蛋", price="30.00")

    def buy(self, client, good, quantity=2):
        return client.post(reverse("basket:buy"), {"product": good.pk, "quantity": quantity})

    def ordered(self, client, page):
        """What the form of that page orders."""
        shown = client.post(page, TYPED | hidden(client.get(page)) | {"refresh": "1"})
        return press(client, TYPED | hidden(shown))

    def test_orders_it_and_leaves_the_basket(self, guest, alone):
        answer = self.ordered(guest, self.buy(guest, alone).url)

        line = Purchase.objects.get().orders.get().lines.get()
        assert (line.product, line.quantity) == (alone, 2)
        assert answer.cookies["basket-count"].value == "3"
        assert guest.get(reverse("basket:summary")).context["quote"].count == 3

    def test_orders_one_again_that_is_in_the_basket_too(self, guest, goods):
        self.ordered(guest, self.buy(guest, goods[0]).url)

        assert guest.get(reverse("basket:summary")).context["quote"].count == 3

    def test_pressed_once_more_leads_to_the_same_purchase_and_counts_the_basket(self, guest, alone):
        page = self.buy(guest, alone).url
        form = TYPED | hidden(guest.post(page, TYPED | hidden(guest.get(page)) | {"refresh": "1"}))

        first, second = press(guest, form), press(guest, form)

        assert first.url == second.url and Purchase.objects.count() == 1
        assert second.cookies["basket-count"].value == "3"
        assert guest.get(page).url == first.url, "going back shows what was ordered, not the basket"

    def test_says_why_it_cannot_be_had(self, guest, alone):
        answer = self.buy(guest, alone, quantity=9999)

        assert answer.url == reverse("basket:summary")
        assert b"999" in guest.get(answer.url).content

    def test_of_somebody_else_shows_ones_own_basket(self, guest, alone, django_user_model):
        other = Client()
        other.force_login(django_user_model.objects.create_user(mobile="13900000077"))

        page = guest.get(self.buy(other, alone).url)

        assert page.context["quote"].count == 3

    def test_is_forgotten_after_a_week_unless_it_was_ordered(self, guest, alone):
        self.ordered(guest, self.buy(guest, alone).url)
        self.buy(guest, alone)

        actions.forget(timezone.now() + timedelta(days=8))

        assert not Basket.objects.filter(status=Basket.FROZEN).exists()
        assert Purchase.objects.get().basket.lines.count() == 1


class TestNothingTypedIsLost:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"mobile": "12345"},
            {"area-2": ""},
            {"area-0": "990000"},
            {"name": ""},
            {"contact": "not an address"},
            {"payment_method": "gold"},
        ],
        ids=["mobile number", "no county", "unknown area", "no name", "e-mail", "unknown way to pay"],
    )
    def test_when_something_is_wrong(self, guest, goods, wrong):
        note = f"note-{goods[0].seller.pk}"
        answer = press(guest, looked(guest) | {note: "不要辣"} | wrong)

        page = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 200
        assert page.find(role="alert").find_all("li")
        assert page.find(id="id_detail")["value"] == TYPED["detail"]
        assert page.find(attrs={"name": note})["value"] == "不要辣"
        assert not Purchase.objects.exists()

    def test_when_a_price_changed(self, guest):
        form = looked(guest)
        StockRecord.objects.update(price=Decimal("77.00"))

        answer = press(guest, form)

        page = BeautifulSoup(answer.content, "html.parser")
        assert page.find(role="alert") and "231.00" in page.find(id="payment").text
        assert page.find(id="id_name")["value"] == TYPED["name"]
        assert press(guest, form | hidden(answer)).status_code == 302

    def test_by_script_in_a_field(self, guest):
        bad = '"><script>alert(1)</script>'
        answer = press(guest, looked(guest) | {"name": bad, "detail": bad, "mobile": bad, "contact": bad})

        assert b"<script>alert" not in answer.content


class TestAlteredForms:
    def test_prices_freight_and_sellers_in_the_form_are_ignored(self, guest):
        form = looked(guest) | {"total": "0.01", "price": "0.01", "freight": "0", "seller": "1"}

        press(guest, form)

        assert Purchase.objects.get().total == sum(o.total for o in Purchase.objects.get().orders.all()) > 100

    def test_a_forged_mark_of_what_was_seen_is_answered_with_the_true_total(self, guest):
        answer = press(guest, looked(guest) | {"seen": "0" * 32})

        assert answer.status_code == 200 and not Purchase.objects.exists()

    def test_a_forged_basket_leads_to_ones_own(self, guest):
        assert press(guest, looked(guest) | {"basket": "1:x"}).url == reverse("basket:summary")


class TestFreshGoods:
    def test_have_to_be_ticked(self, client):
        shop.country()
        orange = shop.product(shop.seller(), "脐橙", return_exempt=True)
        client.post(reverse("basket:add"), {"product": orange.pk, "quantity": 1})
        form = looked(client)

        refused = press(client, form)

        tick = BeautifulSoup(refused.content, "html.parser").find(attrs={"name": "exempt_confirmed"})
        assert refused.status_code == 200 and not tick.has_attr("checked")
        assert press(client, form | {"exempt_confirmed": "on"}).status_code == 302


class TestTheAddress:
    def test_skips_levels_that_do_not_exist(self, guest):
        page = guest.post(reverse("checkout:index"), {"area-0": "110000", "refresh": "1"})

        second = BeautifulSoup(page.content, "html.parser").find(attrs={"name": "area-1"})
        assert second.find("option", value="110101")

    def test_drops_a_city_of_another_province(self, guest):
        page = guest.post(reverse("checkout:index"), {"area-0": "110000", "area-1": "230200", "refresh": "1"})

        second = BeautifulSoup(page.content, "html.parser").find(attrs={"name": "area-1"})
        assert second.find("option", selected=True) is None

    def test_is_read_from_a_pasted_text_for_checking(self, guest):
        pasted = "张样例 13800138000 黑龙江省齐齐哈尔市讷河市通南镇红旗村3组"
        page = BeautifulSoup(
            guest.post(reverse("checkout:index"), {"paste": pasted, "parse": "1"}).content, "html.parser"
        )

        assert page.find(id="id_name")["value"] == "张样例"
        assert page.find(attrs={"name": "area-2"}).find("option", selected=True)["value"] == "230281"
        assert not Purchase.objects.exists()

    def test_is_read_for_scripts_as_well(self, guest):
        answer = guest.post(reverse("checkout:parse-address"), {"paste": "李样例 13900139000 北京市海淀区"}).json()

        assert answer["path"][:2] == ["110000", "110108"] and answer["mobile"] == "13900139000"

    def test_too_long_to_be_one_is_refused_in_words(self, guest):
        assert guest.post(reverse("checkout:parse-address"), {"paste": "长" * 600}).status_code == 422


class TestASignedInBuyer:
    @pytest.fixture
    def buyer(self, django_user_model):
        return django_user_model.objects.create_user(mobile="13900000001")

    def book(self, owner):
        address = UserAddress(
            user=owner, first_name="赵样例", phone_number="+8613900000001", line1="样例街", country=shop.country()
        )
        address.take_area("230281")
        address.save()
        return address

    def test_orders_to_a_saved_address(self, guest, buyer):
        address = self.book(buyer)
        guest.force_login(buyer)
        form = {"saved": address.pk, "payment_method": "demo"}
        form |= hidden(guest.get(reverse("checkout:index")))

        press(guest, form)

        order = Purchase.objects.get(buyer=buyer).orders.first()
        assert order.shipping_address.recipient == "赵样例"

    def test_cannot_order_to_somebody_elses_address(self, guest, buyer, django_user_model):
        stranger = self.book(django_user_model.objects.create_user(mobile="13900000002"))
        guest.force_login(buyer)
        form = looked(guest)

        answer = press(guest, form | {"saved": stranger.pk})

        assert answer.status_code == 200 and not Purchase.objects.exists()
        assert "赵样例" not in answer.content.decode()


class TestTheSummaryForScripts:
    @pytest.mark.parametrize("part", ["goods", "payment", "bar"])
    def test_equals_a_fresh_load(self, guest, part):
        fragment = guest.post(reverse("checkout:quote"), TYPED)
        page = guest.post(reverse("checkout:index"), TYPED | {"refresh": "1"})

        pieces = [BeautifulSoup(each.content, "html.parser").find(id=part) for each in (fragment, page)]
        assert str(pieces[0]) == str(pieces[1]) != "None"


class TestQueries:
    @pytest.mark.parametrize("page", ["checkout:index", "basket:summary"])
    def test_do_not_grow_with_the_basket(self, client, page):
        seller = shop.seller(fee="8.00")

        def queries_with_more(number):
            for n in range(number):
                client.post(reverse("basket:add"), {"product": shop.product(seller, f"米{n}").pk, "quantity": 1})
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(page)).status_code == 200
            return len(captured)

        queries_with_more(1)  # the first look also fetches what is kept for the session
        assert queries_with_more(1) == queries_with_more(9)


class TestBothLanguages:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_answer(self, guest, prefix):
        assert guest.get(f"{prefix}/checkout/").status_code == guest.get(f"{prefix}/basket/").status_code == 200


def test_an_overdue_purchase_is_closed_by_looking_at_it(client, goods):
    bought = shop.buy(goods[0])
    Purchase.objects.update(pay_by=timezone.now())

    page = client.get(bought.get_absolute_url())

    assert page.status_code == 200 and Purchase.objects.get().state == "closed"
    assert page["Cache-Control"] == "no-store, private" and page["X-Robots-Tag"] == "noindex"
