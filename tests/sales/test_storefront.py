"""Our own storefront's orders become sales by what the shop announces."""

from decimal import Decimal

import pytest
from django.utils import timezone

from incubator.sales.models import SaleFact
from marketplace.core import events
from marketplace.core.models import Event
from marketplace.order import actions as orders
from marketplace.order.models import Order
from marketplace.payment import actions as payments
from tests import channels, promos, shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(django_capture_on_commit_callbacks):
    """News is delivered when the transaction of each step ends."""

    def run(step):
        with django_capture_on_commit_callbacks(execute=True):
            return step()

    return run


def storefront():
    return channels.totals().get("storefront")


def pay(purchase):
    return payments.complete(attempt=purchase.attempts.get(), at=timezone.now())


@pytest.fixture
def goods():
    return shop.product(shop.seller("卫东米铺", fee="6.00"), origin="230281")


@pytest.fixture
def paid(goods, at_once):
    purchase = shop.buy(goods, quantity=2)
    at_once(lambda: pay(purchase))
    return purchase


class TestAPaidOrder:
    def test_is_a_sale_without_its_freight(self, paid):
        assert storefront() == {
            "orders": 1, "lines": 1, "kg": 10, "gross": Decimal("119.80"), "refunded": 0, "net": Decimal("119.80"),
        }  # fmt: skip

    def test_knows_seller_product_and_place_of_origin(self, paid, goods):
        fact = SaleFact.objects.get()

        assert (fact.seller, fact.product, fact.county) == (goods.seller, goods, "230281")
        assert fact.account.name == "卫东米铺"

    def test_counts_once_however_often_it_is_announced(self, paid):
        events.replay(Event.objects.all())
        events.replay(Event.objects.all())

        assert SaleFact.objects.count() == 1

    def test_of_two_sellers_is_an_order_of_each(self, at_once):
        purchase = shop.buy(shop.product(shop.seller("甲")), shop.product(shop.seller("乙")))

        at_once(lambda: pay(purchase))

        assert storefront()["orders"] == 2
        assert channels.totals(account="甲")["storefront"]["orders"] == 1


def test_an_unpaid_order_is_no_sale(goods, at_once):
    at_once(lambda: shop.buy(goods))

    assert storefront() is None


def test_a_closed_order_was_sold_and_given_back_in_full(paid, at_once):
    at_once(lambda: payments.cancel_order(order=paid.orders.get(), by=None, at=timezone.now()))

    assert (storefront()["gross"], storefront()["net"], storefront()["kg"]) == (Decimal("119.80"), 0, 0)


def test_a_cancelled_order_that_cost_nothing_sold_no_weight(at_once):
    given = shop.product(shop.seller("样例赠店"), price="5.00")
    promos.promotion(None, off="5.00", reach="products", products=[given])
    purchase = at_once(lambda: shop.buy(given))
    assert purchase.total == 0 and storefront()["kg"] == 5

    at_once(lambda: payments.cancel_order(order=purchase.orders.get(), by=None, at=timezone.now()))

    assert (storefront()["gross"], storefront()["kg"]) == (0, 0)


def test_a_part_given_back_lies_on_its_line(paid, at_once):
    order = paid.orders.get()
    amounts = {order.lines.get().pk: Decimal("10.00")}

    at_once(lambda: payments.refund_lines(order=order, amounts=amounts, cause="test", by=None, at=timezone.now()))

    assert (storefront()["refunded"], storefront()["kg"]) == (Decimal("10.00"), 10)


class TestCashOnDelivery:
    @pytest.fixture
    def order(self, goods, at_once):
        return at_once(lambda: shop.buy(goods, payment_method="cash")).orders.get()

    def test_is_no_sale_on_its_way(self, order, at_once):
        at_once(lambda: orders.ship(order=order, carrier="zto", tracking_number="1", by=None, at=timezone.now()))

        assert storefront() is None

    def test_is_a_sale_from_collection(self, order, at_once):
        at_once(lambda: orders.ship(order=order, carrier="zto", tracking_number="1", by=None, at=timezone.now()))
        at_once(lambda: orders.confirm_receipt(order=order, by=None, at=timezone.now()))

        assert storefront()["gross"] == Decimal("59.90")

    def test_is_no_sale_when_nobody_took_it(self, order, at_once):
        at_once(lambda: payments.cancel_order(order=order, by=None, at=timezone.now()))

        assert storefront() is None


def test_an_order_that_moves_on_keeps_its_earlier_versions(paid, at_once):
    order = Order.objects.get()

    at_once(lambda: orders.ship(order=order, carrier="zto", tracking_number="1", by=None, at=timezone.now()))

    assert list(SaleFact.objects.order_by("version").values_list("version", "state")) == [(1, 20), (2, 30)]
    assert SaleFact.objects.current().count() == 1
