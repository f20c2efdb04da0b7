"""What payments leave in the ledger: sales, surplus, cash, refunds before and after the payout."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from marketplace.order import actions as orders
from marketplace.order.models import Order
from marketplace.payment import actions as payments
from marketplace.payment import refunds
from marketplace.settlement import actions, cash, payouts, release
from marketplace.settlement.models import CommissionRate, Payable, Posting
from tests import money, shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def five_percent():
    return CommissionRate.objects.create(scope="platform", percent=5, since=timezone.now() - timedelta(days=99))


def two_sellers(**changes):
    """¥59.90 + ¥8.00 freight from 甲店, ¥39.90 from 乙店."""
    return shop.buy(
        shop.product(shop.seller("甲店", fee="8.00", kind="company"), grams=500),
        shop.product(shop.seller("乙店"), price="39.90"),
        **changes,
    )


def paid(purchase, at=None):
    payments.complete(attempt=purchase.attempts.get(), at=at or timezone.now())
    return purchase


def received(order, at=None):
    at = at or timezone.now()
    orders.ship(order=order, carrier="sf", tracking_number=f"SF{order.pk:010}", by=None, at=at)
    orders.confirm_receipt(order=order, by=None, at=at)


def paid_out(seller, reference="BANK-1"):
    payout = payouts.begin(seller=seller, by=None, at=timezone.now())
    return payouts.arrive(payout=payout, reference=reference, by=None, at=timezone.now())


class TestAPaidPurchase:
    def test_is_held_for_each_seller_less_commission(self, five_percent):
        paid(two_sellers())

        assert money.books() == {
            "clearing demo": "-107.80",
            "held 甲店": "64.90",
            "held 乙店": "37.90",
            "commission": "5.00",
        }

    def test_is_posted_once_however_often_it_is_completed(self):
        bought = paid(paid(two_sellers()))

        actions.purchase_paid(purchase=bought, attempt=bought.attempts.get(), at=timezone.now())

        assert Posting.objects.count() == 2
        assert money.holds("clearing", place="demo") == "-107.80"

    def test_by_transfer_lies_at_the_bank(self):
        paid(two_sellers(payment_method="transfer"))

        assert money.holds("clearing", place="bank") == "-107.80"

    def test_of_three_sellers_takes_at_most_forty_statements(self, five_percent, django_assert_max_num_queries):
        goods = [shop.product(shop.seller(f"店{n}", fee="8.00"), f"米{n}") for n in range(3)]
        bought = shop.buy(*goods)
        attempt = bought.attempts.get()

        with django_assert_max_num_queries(40):
            actions.purchase_paid(purchase=bought, attempt=attempt, at=timezone.now())

    def test_that_brought_another_sum_than_its_orders_is_kept_where_all_see_it(self):
        bought = two_sellers()
        bought.attempts.update(amount=Decimal("107.81"))

        paid(bought)

        assert money.holds("rounding") == "0.01"


class TestMoneyNobodyOwed:
    def test_belongs_to_the_buyer_until_it_is_sent_back(self, django_capture_on_commit_callbacks):
        bought = two_sellers()
        payments.cancel_purchase(purchase=bought, by=None, at=timezone.now())
        with django_capture_on_commit_callbacks() as sending:
            paid(bought)

        assert money.books() == {"clearing demo": "-107.80", "buyers": "107.80"}

        for send in sending:
            send()
        assert money.books() == {}


class TestCashOnDelivery:
    def test_lies_with_the_courier_as_soon_as_one_order_is_received(self):
        bought = two_sellers(payment_method="cash")
        first = bought.orders.first()
        received(first)

        payments.collect_cash(order=Order.objects.get(pk=first.pk), at=timezone.now())

        assert money.books() == {"clearing courier": "-67.90", "held 甲店": "67.90"}

    def test_is_posted_once_when_the_purchase_is_complete(self):
        bought = two_sellers(payment_method="cash")
        for order in bought.orders.all():
            received(order)
            payments.collect_cash(order=Order.objects.get(pk=order.pk), at=timezone.now())

        assert money.books() == {"clearing courier": "-107.80", "held 甲店": "67.90", "held 乙店": "39.90"}

    @pytest.mark.parametrize(
        ("brought", "difference"),
        [("107.80", "0.00"), ("100.00", "-7.80"), ("110.00", "2.20")],
        ids=["whole", "short", "over"],
    )
    def test_is_handed_over_whole_short_or_over_and_sellers_keep_their_shares(self, brought, difference):
        self.test_is_posted_once_when_the_purchase_is_complete()
        shares = list(cash.with_couriers().values_list("pk", flat=True))

        cash.hand_over(payables=shares, received=Decimal(brought), reference="R-1", by=None, at=timezone.now())

        assert money.holds("clearing", place="courier") == "0.00"
        assert money.holds("clearing", place="bank") == f"-{brought}"
        assert money.holds("differences") == difference
        assert sum(Payable.objects.values_list("share_fen", flat=True)) == 10780

    def test_is_handed_over_once(self):
        self.test_is_posted_once_when_the_purchase_is_complete()
        shares = list(cash.with_couriers().values_list("pk", flat=True))
        cash.hand_over(payables=shares, received=Decimal("107.80"), reference="R-1", by=None, at=timezone.now())

        with pytest.raises(cash.NothingToHandOver):
            cash.hand_over(payables=shares, received=Decimal("1.00"), reference="R-2", by=None, at=timezone.now())


def give_back(order, *, amount=None, freight="0.00", cause="c"):
    line = order.lines.get()
    amounts = {line.pk: Decimal(amount)} if amount else {}
    return refunds.refund_lines(
        order=order, amounts=amounts, freight=Decimal(freight), cause=cause, by=None, at=timezone.now()
    )


class TestARefund:
    @pytest.fixture
    def order(self, five_percent):
        return paid(two_sellers()).orders.get(seller__name="甲店")

    def test_before_release_comes_from_what_is_held(self, order):
        give_back(order, amount="20.00")

        assert money.holds("held", order.seller) == "45.90"
        assert (money.holds("commission"), money.holds("buyers")) == ("4.00", "20.00")

    def test_of_freight_bears_no_commission(self, order):
        give_back(order, freight="8.00")

        assert money.holds("held", order.seller) == "56.90"
        assert money.holds("commission") == "5.00"

    def test_of_everything_leaves_nothing(self, order):
        for cause in "abc":
            give_back(
                order,
                amount="19.97" if cause != "c" else "19.96",
                freight="8.00" if cause == "a" else "0.00",
                cause=cause,
            )

        assert money.holds("held", order.seller) == "0.00"
        assert money.holds("commission") == "2.00"
        assert Payable.objects.get(order=order).due_fen == 0

    def test_after_release_comes_from_what_is_available(self, order):
        received(order)
        release.release_ripe(timezone.now() + timedelta(days=8))

        give_back(order, amount="20.00")

        assert (money.holds("held", order.seller), money.holds("available", order.seller)) == ("0.00", "45.90")

    def test_after_payout_is_a_debt_that_the_next_payout_nets(self, order, seller_with_account):
        seller_with_account(order.seller)
        received(order)
        release.release_ripe(timezone.now() + timedelta(days=8))
        paid_out(order.seller)

        give_back(order, amount="20.00")

        assert money.holds("debt", order.seller) == "-19.00"
        another = paid(shop.buy(shop.product(order.seller, price="100.00", grams=500))).orders.get()
        received(another)
        release.release_ripe(timezone.now() + timedelta(days=8))
        payout = paid_out(order.seller, "BANK-2")
        assert (payout.amount, payout.netted) == (Decimal("84.00"), Decimal("19.00"))
        assert money.holds("debt", order.seller) == "0.00"
        assert money.all_adds_up()

    def test_of_cash_that_came_before_the_rest_of_its_purchase_is_collected_first(self):
        first = two_sellers(payment_method="cash").orders.first()
        received(first)

        give_back(Order.objects.get(pk=first.pk), amount="9.90")

        assert money.books() == {"clearing courier": "-67.90", "held 甲店": "58.00", "buyers": "9.90"}

    def test_sent_by_a_person_leaves_the_bank(self, order):
        refund = give_back(order, amount="20.00")

        refunds.mark_refunded(refund=refund, reference="B-1", by=order.user or operator(), at=timezone.now())

        assert money.holds("clearing", place="bank") == "20.00"


def operator():
    from marketplace.accounts.models import User

    return User.objects.create_superuser(mobile="13900000006", password="yanxing-demo")


class TestACancelledOrder:
    def test_leaves_nothing_to_its_seller(self, five_percent):
        bought = paid(two_sellers())
        order = bought.orders.get(seller__name="乙店")

        payments.cancel_order(order=order, by=None, at=timezone.now())

        assert money.holds("held", order.seller) == "0.00"
        assert (money.holds("buyers"), money.holds("commission")) == ("39.90", "3.00")


class TestRelease:
    @pytest.fixture
    def order(self):
        return paid(two_sellers()).orders.get(seller__name="甲店")

    def test_waits_for_receipt_and_the_guard_time(self, order):
        now = timezone.now()
        release.release_ripe(now + timedelta(days=99))
        assert money.holds("available", order.seller) == "0.00"

        received(order, now)
        release.release_ripe(now + timedelta(days=7, seconds=-1))
        assert money.holds("available", order.seller) == "0.00"

        release.release_ripe(now + timedelta(days=7))
        assert money.holds("available", order.seller) == "67.90"

    def test_happens_once(self, order):
        received(order)

        assert [release.release_ripe(timezone.now() + timedelta(days=8)) for _time in range(2)] == [1, 0]

    def test_waits_while_the_order_is_disputed(self, order, monkeypatch):
        received(order)
        monkeypatch.setattr("marketplace.settlement.cases.disputed", set)

        assert release.release_ripe(timezone.now() + timedelta(days=8)) == 0

    def test_of_cash_waits_until_the_courier_handed_it_over(self):
        order = shop.buy(shop.product(shop.seller()), payment_method="cash").orders.get()
        received(order)
        payments.collect_cash(order=Order.objects.get(), at=timezone.now())
        later = timezone.now() + timedelta(days=8)
        assert release.release_ripe(later) == 0

        shares = list(cash.with_couriers().values_list("pk", flat=True))
        cash.hand_over(payables=shares, received=order.total, reference="R", by=None, at=timezone.now())

        assert release.release_ripe(later) == 1
