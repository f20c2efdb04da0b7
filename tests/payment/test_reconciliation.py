"""`manage.py reconcile`: silent where everything agrees, and not silent where anything does not."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from marketplace.order import actions as orders
from marketplace.order.models import Purchase
from marketplace.partner.models import StockRecord
from marketplace.payment import actions as payments
from marketplace.payment.models import PaymentAttempt, Refund
from marketplace.payment.reconciliation import Kind, differences, repairs
from marketplace.payment.standin import checkout, refunds
from marketplace.settlement import actions as settlement
from marketplace.settlement import cash, payouts, release
from marketplace.settlement.models import Account, Payable, Posting
from tests import money, shop, stand_in

pytestmark = pytest.mark.django_db


def found():
    return [(each.kind, each.subject) for each in differences(timezone.now() - timedelta(days=30))]


def kinds():
    return {kind for kind, _subject in found()}


def reconcile(*options):
    """What the command prints, and its exit code."""
    out = StringIO()
    try:
        call_command("reconcile", *options, stdout=out, stderr=StringIO())
    except SystemExit as end:
        return out.getvalue(), end.code
    return out.getvalue(), 0


def paid(*prices, method="demo", **changes):
    """A paid purchase of one seller per price."""
    goods = [shop.product(shop.seller(f"店{n}", fee="8.00"), price=price) for n, price in enumerate(prices)]
    bought = shop.buy(*goods, payment_method=method, **changes)
    payments.complete(attempt=bought.attempts.get(), at=timezone.now())
    bought.refresh_from_db()
    return bought


def received(order):
    orders.ship(order=order, carrier="sf", tracking_number="SF1234567890", by=None, at=timezone.now())
    orders.confirm_receipt(order=order, by=None, at=timezone.now())
    payments.collect_cash(order=order, at=timezone.now())


class TestWhereEverythingAgrees:
    def test_says_so_on_the_demonstration(self, demo):
        assert reconcile() == ("Everything agrees.\n", 0)

    def test_after_refunds_closings_cash_and_payouts(self, settings, django_capture_on_commit_callbacks):
        money.pretend(settings)
        with django_capture_on_commit_callbacks(execute=True):
            first, second = paid("59.90", "39.90").orders.order_by("pk")
            payments.cancel_order(order=first, by=None, at=timezone.now())
            received(second)
            line = second.lines.get().pk
            payments.refund_lines(order=second, amounts={line: Decimal("3.33")}, cause="x", by=None, at=timezone.now())
            on_delivery = shop.buy(shop.product(shop.seller("丁店")), payment_method="cash").orders.get()
            received(on_delivery)
            left = shop.buy(shop.product(shop.seller("戊店")))
            payments.cancel_purchase(purchase=left, by=None, at=timezone.now())
        assert found() == []

        handed = list(cash.with_couriers().values_list("pk", flat=True))
        cash.hand_over(payables=handed, received=Decimal("50.00"), reference="R1", by=None, at=timezone.now())
        release.release_ripe(timezone.now() + timedelta(days=8))
        with django_capture_on_commit_callbacks(execute=True):
            payouts.begin(seller=second.seller, by=None, at=timezone.now())
            payments.refund_lines(order=second, amounts={line: Decimal("1.00")}, cause="y", by=None, at=timezone.now())

        assert found() == []


class TestPlantedFaults:
    def test_a_payment_that_was_lost(self):
        bought = paid("59.90")
        PaymentAttempt.objects.update(state="failed")

        assert (Kind.PAID_WITHOUT_PAYMENT, bought.number) in found()

    def test_a_payment_nobody_noted(self):
        bought = paid("59.90")
        Purchase.objects.update(paid_at=None)

        assert (Kind.PAYMENT_WITHOUT_PAID, bought.number) in found()

    def test_a_payment_of_another_sum(self):
        bought = paid("59.90")
        PaymentAttempt.objects.update(amount=bought.total - 1)

        assert (Kind.PAYMENT_SUM, bought.number) in found()

    def test_orders_that_do_not_add_up(self):
        bought = paid("59.90", "39.90")
        Purchase.objects.update(total=bought.total + 1)

        assert (Kind.PURCHASE_SUM, bought.number) in found()

    def test_stock_kept_for_nobody(self):
        bought = paid("59.90")
        StockRecord.objects.update(num_allocated=5)

        said, code = reconcile()

        assert code == 1 and said.split("\t")[:4] == ["stock_promised", StockRecord.objects.get().partner_sku, "1", "5"]
        assert bought.orders.get().lines.get().num_allocated == 1

    def test_an_order_that_is_over_and_keeps_goods(self):
        order = paid("59.90").orders.get()
        received(order)
        order.lines.update(num_allocated=1)

        assert kinds() == {Kind.STOCK_OF_ENDED, Kind.STOCK_PROMISED}

    def test_a_closed_order_nobody_refunded(self):
        order = paid("59.90").orders.get()
        orders.close(order=order, by=None, at=timezone.now())

        assert (Kind.CLOSED_NOT_REFUNDED, order.number) in found()

    def test_a_balance_that_was_changed_by_hand(self):
        paid("59.90")
        account = Account.objects.get(kind="held")
        Account.objects.filter(pk=account.pk).update(fen=account.fen + 7)

        assert kinds() == {Kind.LEDGER_BALANCE, Kind.LEDGER_SELLER}

    def test_a_share_that_was_changed_by_hand(self):
        paid("59.90")
        Payable.objects.update(due_fen=1)

        assert kinds() == {Kind.LEDGER_SELLER}

    def test_a_refund_that_was_marked_as_sent_by_hand(self):
        bought = paid("59.90", method="transfer")
        payments.cancel_order(order=bought.orders.get(), by=None, at=timezone.now())
        Refund.objects.update(state="done", done_at=timezone.now())

        assert kinds() == {Kind.LEDGER_REFUND, Kind.LEDGER_BUYERS}


class TestAgainstTheProvider:
    @pytest.fixture
    def bought(self, stripe):
        purchase = shop.buy(
            shop.product(shop.seller("甲店")), shop.product(shop.seller("乙店")), payment_method="stripe"
        )
        payments.start(attempt=purchase.attempts.get())
        stand_in.pay(stripe, purchase.attempts.get())
        payments.ask(attempt=purchase.attempts.get(), at=timezone.now())
        return purchase

    def test_agrees_after_a_payment_and_a_refund(self, stripe, bought, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            payments.cancel_order(order=bought.orders.first(), by=None, at=timezone.now())

        assert Refund.objects.get().state == "done" and found() == []

    def test_finds_a_payment_the_provider_does_not_know(self, stripe, bought):
        PaymentAttempt.objects.update(reference="pi_unheard_of")

        assert {Kind.PROVIDER_MISSING, Kind.PROVIDER_UNKNOWN} <= kinds()

    def test_finds_a_payment_that_never_reached_us(self, stripe, bought):
        other = shop.buy(shop.product(shop.seller("丙店")), payment_method="stripe").attempts.get()
        payments.start(attempt=other)
        intent = stand_in.pay(stripe, other)["payment_intent"]

        assert (Kind.PROVIDER_UNKNOWN, intent) in found() and Kind.PROVIDER_BALANCE in kinds()

    def test_finds_a_refund_that_nobody_here_made(self, stripe, bought):
        intent = PaymentAttempt.objects.get().reference
        with stripe.store.change():
            made = refunds.create(
                stripe.store, {"payment_intent": intent, "amount": "100", "metadata": {"refund": "x"}}
            )

        assert (Kind.PROVIDER_REFUND, made["id"]) in found()

    def test_finds_a_sum_that_differs(self, stripe, bought):
        stripe.store.get("payment_intent", PaymentAttempt.objects.get().reference)["amount_received"] -= 1

        assert kinds() == {Kind.PROVIDER_SUM}

    def test_says_that_the_provider_is_silent(self, stripe, bought, settings):
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"

        assert kinds() == {Kind.PROVIDER_SILENT}

    def test_reads_more_than_one_page(self, stripe, bought):
        attempt = PaymentAttempt.objects.get()
        for _number in range(120):
            session = checkout.create(
                stripe.store,
                {
                    "mode": "payment",
                    "line_items": [{"quantity": "1", "price_data": {"currency": "cny", "unit_amount": "100"}}],
                    "payment_intent_data": {"metadata": {"attempt": str(attempt.key)}},
                },
                stripe.base,
            )
            checkout.pay(stripe.store, session["id"])

        assert sum(kind == Kind.PROVIDER_UNKNOWN for kind, _subject in found()) == 120


class TestRepairs:
    @pytest.fixture
    def before_the_ledger(self, monkeypatch, django_capture_on_commit_callbacks):
        """Purchases from the days when nothing was posted: paid, one order cancelled, a surplus, cash on delivery."""
        with monkeypatch.context() as old:
            for name in (
                "purchase_paid",
                "cash_collected",
                "surplus_arrived",
                "refund_decided",
                "refund_sent",
                "order_closed",
            ):
                old.setattr(settlement, name, lambda **facts: None)
            with django_capture_on_commit_callbacks(execute=True):
                bought = paid("59.90", "39.90")
                payments.cancel_order(order=bought.orders.first(), by=None, at=timezone.now())
                late = shop.buy(shop.product(shop.seller("丙店")))
                payments.cancel_purchase(purchase=late, by=None, at=timezone.now())
                payments.complete(attempt=late.attempts.get(), at=timezone.now())
                received(shop.buy(shop.product(shop.seller("丁店")), payment_method="cash").orders.get())
        assert not Posting.objects.exists()
        return bought

    def test_post_what_happened_before_there_was_a_ledger(self, before_the_ledger):
        assert {Kind.LEDGER_ORDER, Kind.LEDGER_REFUND, Kind.LEDGER_SURPLUS} <= kinds()

        assert reconcile("--repair") == ("Everything agrees.\n", 0)
        assert money.all_adds_up() and money.holds("rounding") == "0.00"

    def test_post_at_the_time_it_happened(self, before_the_ledger):
        repairs.post_missing(by=None, at=timezone.now() + timedelta(days=100))

        assert Posting.objects.order_by("-at").first().at < timezone.now()

    def test_change_nothing_the_second_time(self, before_the_ledger):
        repairs.all_safe(by=None, at=timezone.now())
        books = money.books()

        assert repairs.post_missing(by=None, at=timezone.now()) == 0
        assert money.books() == books

    def test_split_a_refund_of_the_days_before_refunds_named_lines(self, before_the_ledger):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM payment_refundline")
        Refund.objects.update(freight=0)

        repairs.all_safe(by=None, at=timezone.now())

        assert found() == []
        assert all(refund.lines.exists() for refund in Refund.objects.filter(order__isnull=False))

    def test_put_balances_and_stock_right(self):
        paid("59.90")
        Account.objects.filter(kind="held").update(fen=1)
        StockRecord.objects.update(num_allocated=5)

        repairs.all_safe(by=None, at=timezone.now())

        assert found() == []

    def test_decide_nothing_that_a_person_has_to(self):
        order = paid("59.90").orders.get()
        orders.close(order=order, by=None, at=timezone.now())

        repairs.all_safe(by=None, at=timezone.now())

        assert kinds() == {Kind.CLOSED_NOT_REFUNDED} and not Refund.objects.exists()
