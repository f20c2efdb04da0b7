"""Paying a purchase, not paying it, and getting money back."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from marketplace.core.states import IllegalMove
from marketplace.order import actions as orders
from marketplace.order.models import Order, Purchase
from marketplace.partner import stock
from marketplace.partner.models import StockRecord
from marketplace.payment import actions as payments
from marketplace.payment.models import AttemptState, PaymentAttempt, Refund
from tests import shop

pytestmark = pytest.mark.django_db


def purchase(**changes):
    return shop.buy(
        shop.product(shop.seller("甲店", fee="8.00")), shop.product(shop.seller("乙店"), price="39.90"), **changes
    )


def test_closing_moves_the_stock_of_all_orders_in_key_order(monkeypatch):
    first, second = shop.seller("甲店"), shop.seller("乙店")
    later_order = shop.product(second)
    bought = shop.buy(shop.product(first), later_order)
    moved = []
    promised_rows = stock.promised_rows
    monkeypatch.setattr(stock, "promised_rows", lambda want: moved.append(want.stock_id) or promised_rows(want))

    payments.cancel_purchase(purchase=bought, by=None, at=timezone.now())

    assert moved == sorted(StockRecord.objects.values_list("pk", flat=True))
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {0}


class TestComplete:
    def test_confirms_every_order(self):
        bought = purchase()

        payments.complete(attempt=bought.attempts.get(), at=timezone.now())

        assert {order.status for order in bought.orders.all()} == {"awaiting_shipment"}
        assert Purchase.objects.get().paid_at is not None

    def test_changes_nothing_the_second_time(self):
        attempt = purchase().attempts.get()
        first = payments.complete(attempt=attempt, at=timezone.now())

        second = payments.complete(attempt=attempt, at=timezone.now() + timedelta(hours=1))

        assert second.finished_at == first.finished_at
        assert not Refund.objects.exists()

    def test_gives_money_back_that_comes_after_the_time_is_over(self):
        bought = purchase()
        attempt = bought.attempts.get()
        payments.cancel_purchase(purchase=bought, by=None, at=timezone.now())

        late = payments.complete(attempt=attempt, at=timezone.now())

        assert late.state == AttemptState.SURPLUS
        assert Refund.objects.get().amount == bought.total

    def test_takes_a_second_payment_for_surplus(self):
        bought = purchase()
        first = bought.attempts.get()
        payments.fail(attempt=first, at=timezone.now())
        second = payments.retry(purchase=bought, method="transfer", at=timezone.now())
        payments.complete(attempt=second, at=timezone.now())

        assert payments.complete(attempt=first, at=timezone.now()).state == AttemptState.SURPLUS
        assert Refund.objects.get().attempt == first


class TestOverdue:
    def test_closes_on_time_and_returns_the_stock(self):
        bought = purchase()

        payments.close_overdue(bought.pay_by)

        assert Purchase.objects.get().state == "closed"
        assert {order.status for order in Order.objects.all()} == {"closed"}
        assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {0}

    def test_leaves_purchases_that_still_have_time(self):
        bought = purchase()

        payments.close_overdue(bought.pay_by - timedelta(seconds=1))

        assert Purchase.objects.get().is_unpaid

    def test_asks_the_provider_first(self):
        bought = purchase()
        PaymentAttempt.objects.update(simulated="late")

        payments.close_overdue(bought.pay_by)

        assert Purchase.objects.get().state == "confirmed"

    def test_keeps_transfers_for_three_days(self):
        bought = purchase(payment_method="transfer")

        assert bought.pay_by - bought.placed_at == timedelta(hours=72)


class TestCancelOrder:
    def test_gives_its_money_back_and_leaves_the_others_alone(self):
        bought = purchase()
        payments.complete(attempt=bought.attempts.get(), at=timezone.now())
        order = bought.orders.first()

        payments.cancel_order(order=order, by=None, at=timezone.now())

        assert Refund.objects.get().amount == order.total
        assert bought.orders.exclude(pk=order.pk).get().status == "awaiting_shipment"

    def test_is_refused_once_a_parcel_left(self):
        bought = purchase(payment_method="cash")
        order = bought.orders.first()
        orders.ship(order=order, carrier="sf", tracking_number="SF1234567890", by=None, at=timezone.now())

        with pytest.raises(IllegalMove):
            payments.cancel_order(order=order, by=None, at=timezone.now())

    def test_never_gives_back_more_than_was_paid(self):
        bought = purchase()
        attempt = payments.complete(attempt=bought.attempts.get(), at=timezone.now())

        with pytest.raises(ValueError, match="exceed"):
            payments.owe(attempt=attempt, order=None, amount=bought.total + Decimal("0.01"), cause="too much")


class TestShipAndReceive:
    def test_takes_the_goods_out_of_stock(self):
        bought = purchase(payment_method="cash")
        order = bought.orders.first()

        orders.ship(order=order, carrier="sf", tracking_number="SF1234567890", by=None, at=timezone.now())

        record = order.lines.get().stockrecord
        assert (record.num_in_stock, record.num_allocated) == (9, 0)

    def test_counts_cash_as_collected_when_all_parcels_arrived(self, django_capture_on_commit_callbacks):
        bought = purchase(payment_method="cash")
        for order in bought.orders.all():
            orders.ship(order=order, carrier="sf", tracking_number="SF1234567890", by=None, at=timezone.now())
            orders.confirm_receipt(order=order, by=None, at=timezone.now())
            payments.collect_cash(order=order, at=timezone.now())

        assert Purchase.objects.get().paid_at is not None

    def test_refuses_more_of_a_line_than_is_unsent(self):
        order = purchase(payment_method="cash").orders.first()

        with pytest.raises(ValueError, match="unsent"):
            orders.ship(
                order=order,
                carrier="sf",
                tracking_number="SF1",
                by=None,
                at=timezone.now(),
                quantities={order.lines.get().pk: 2},
            )

    def test_confirms_receipt_by_itself_after_its_time(self):
        order = purchase(payment_method="cash").orders.first()
        orders.ship(order=order, carrier="sf", tracking_number="SF1234567890", by=None, at=timezone.now())
        order.refresh_from_db()

        orders.confirm_overdue_receipts(order.confirm_receipt_by)

        assert Order.objects.get(pk=order.pk).status == "completed"


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_payment_however_many_doors_report_it(self):
        attempt = purchase().attempts.get()

        shop.at_once([partial(payments.complete, attempt=attempt, at=timezone.now())] * 40, workers=20)

        assert PaymentAttempt.objects.get().state == AttemptState.SUCCEEDED
        assert not Refund.objects.exists()

    def test_paying_and_closing_end_in_one_of_the_two(self):
        bought = purchase()
        attempt = bought.attempts.get()
        pay = partial(payments.complete, attempt=attempt, at=timezone.now())
        close = partial(payments.cancel_purchase, purchase=bought, by=None, at=timezone.now())

        shop.at_once([pay, close] * 10, workers=20)

        ended = Purchase.objects.get()
        refunded = Refund.objects.exists()
        assert (ended.state, ended.paid_at is not None, refunded) in {
            ("confirmed", True, False),
            ("closed", False, True),
        }
