"""Faults planted by hand in a shop that agreed: `manage.py reconcile` finds each in words, and mends what needs no decision."""

import threading
import time
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from marketplace.order.models import Purchase
from marketplace.partner.models import StockRecord
from marketplace.payment import actions as payments
from marketplace.payment.models import PaymentAttempt
from marketplace.payment.reconciliation import repairs
from marketplace.settlement import actions as settlement
from marketplace.settlement.models import Account
from tests import shop, stand_in
from tests.payment.test_reconciliation import paid, reconcile


def marked_paid(bought):
    """Somebody writes "paid" over a purchase whose money never came."""
    waiting = shop.buy(shop.product(shop.seller("未付店")), payment_method="transfer")
    Purchase.objects.filter(pk=waiting.pk).update(state="confirmed", paid_at=timezone.now())
    return waiting.number, partial(
        Purchase.objects.filter(pk=waiting.pk).update, state="awaiting_payment", paid_at=None
    )


def stock_off_by_one(bought):
    record = StockRecord.objects.order_by("pk").first()
    StockRecord.objects.filter(pk=record.pk).update(num_allocated=record.num_allocated + 1)
    return record.partner_sku, None


def total_changed(bought):
    account = Account.objects.filter(kind="held").order_by("pk").first()
    Account.objects.filter(pk=account.pk).update(fen=account.fen + 1)
    return str(account), None


def posting_missing(bought):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settlement, "purchase_paid", lambda **facts: None)
        order = paid_elsewhere()
    return order.number, None


def paid_elsewhere():
    unposted = shop.buy(shop.product(shop.seller("漏记店")))
    payments.complete(attempt=unposted.attempts.get(), at=timezone.now())
    return unposted.orders.get()


def payment_without_purchase(bought, stripe):
    """The provider has money we never heard of; the cure is to ask about it."""
    unheard = shop.buy(shop.product(shop.seller("未闻店")), payment_method="stripe").attempts.get()
    payments.start(attempt=unheard)
    intent = stand_in.pay(stripe, unheard)["payment_intent"]
    return intent, partial(payments.ask, attempt=unheard, at=timezone.now())


@pytest.mark.django_db
class TestEachFault:
    """(what reconcile calls it, its words, whether --repair may mend it)"""

    @pytest.mark.parametrize(
        ("plant", "kind", "words", "is_safe"),
        [
            (marked_paid, "paid_without_payment", "没有相应付款", False),
            (stock_off_by_one, "stock_promised", "", True),
            (total_changed, "ledger_balance", "", True),
            (posting_missing, "ledger_order", "", True),
            (payment_without_purchase, "provider_unknown", "", False),
        ],
        ids=lambda value: value.__name__ if callable(value) else "",
    )
    def test_is_found_named_mended_or_left_to_a_person(self, plant, kind, words, is_safe, stripe):
        bought = paid("59.90", "39.90")
        assert reconcile() == ("Everything agrees.\n", 0)
        subject, cure = plant(bought, stripe) if plant is payment_without_purchase else plant(bought)

        said, code = reconcile()
        assert code == 1
        row = next(line.split("\t") for line in said.splitlines() if line.startswith(kind))
        assert row[1] == subject and row[4]  # its name, and a sentence

        said, code = reconcile("--repair")
        assert (code == 0) is is_safe
        if cure is not None:
            assert kind in said
            cure()
        assert reconcile() == ("Everything agrees.\n", 0)

    def test_all_at_once_are_all_found(self, stripe):
        bought = paid("59.90", "39.90")
        subjects = [plant(bought)[0] for plant in (marked_paid, stock_off_by_one, total_changed, posting_missing)]
        subjects.append(payment_without_purchase(bought, stripe)[0])

        said, code = reconcile()

        assert code == 1 and all(subject in said for subject in subjects)


@pytest.mark.django_db(transaction=True)
class TestStockIsMended:
    def test_while_a_checkout_takes_goods_without_giving_them_away_twice(self):
        """The repair waits for the checkout's lock and must then see the lines it wrote."""
        bought = paid("59.90")
        record = StockRecord.objects.get()
        StockRecord.objects.update(num_allocated=5)  # one is promised
        has_taken = threading.Event()

        def checkout():
            with transaction.atomic():
                shop.buy(record.product)
                has_taken.set()
                wait_for_the_other()

        def repair():
            has_taken.wait(20)
            return repairs.free_stock(by=None)

        answers = shop.at_once([checkout, repair], workers=2)

        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        record.refresh_from_db()
        assert record.num_allocated == 2
        assert bought.orders.count() == 1 and PaymentAttempt.objects.count() == 2


def wait_for_the_other() -> None:
    """Until somebody waits for a lock of ours; SQLite has one writer at a time, who waits anyhow."""
    for _turn in range(50 if connection.vendor == "postgresql" else 0):
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
