"""Paying sellers out by Stripe's transfers, against the stand-in: once, all or nothing, and back as far as it goes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from marketplace.payment import actions as payments
from marketplace.payment import stripe_transfers as gateway
from marketplace.payment.models import ProviderEvent
from marketplace.payment.reconciliation import Kind, differences
from marketplace.payment.standin import connect
from marketplace.settlement import payouts, recalls, release, transfer_accounts
from marketplace.settlement.models import Payout, Recall, TransferAccount
from tests import money, shop, stand_in
from tests.settlement.test_sales_and_refunds import received

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def doors(settings):
    settings.PAYOUT_DOORS = [settings.STRIPE_DOOR, *settings.PAYOUT_DOORS]


@pytest.fixture
def orders(stripe):
    """Two sellers' orders of one purchase, paid through the stand-in, received long ago."""
    bought = shop.buy(
        shop.product(shop.seller("甲店"), price="100.00"),
        shop.product(shop.seller("乙店"), price="50.00"),
        payment_method="stripe",
    )
    payments.start(attempt=bought.attempts.get())
    stand_in.pay(stripe, bought.attempts.get())
    payments.ask(attempt=bought.attempts.get(), at=timezone.now())
    for order in bought.orders.order_by("pk"):
        received(order)
    release.release_ripe(timezone.now() + timedelta(days=8))
    return list(bought.orders.order_by("pk"))


def checked(stripe, seller):
    """A seller whom Stripe has checked."""
    page = transfer_accounts.page_for(seller=seller, return_url="http://127.0.0.1/", by=None, at=timezone.now())
    with stripe.store.change():
        connect.submit_details(stripe.store, page.rpartition("/")[2])
    return transfer_accounts.refresh(account=TransferAccount.objects.get(seller=seller), at=timezone.now())


def pay_out(seller, capture):
    with capture(execute=True):
        return payouts.begin(seller=seller, by=None, at=timezone.now())


def disagreements():
    return [each.kind for each in differences(timezone.now() - timedelta(days=30))]


class TestTheAccount:
    def test_is_opened_once_and_can_receive_when_checked(self, stripe):
        seller = shop.seller()
        for _twice in range(2):
            transfer_accounts.page_for(seller=seller, return_url="http://127.0.0.1/", by=None, at=timezone.now())
        assert len(stripe.store.all("account")) == 1
        assert not TransferAccount.objects.get().can_receive

        assert checked(stripe, seller).can_receive

    def test_is_noticed_by_the_providers_news(self, client, stripe, django_capture_on_commit_callbacks):
        seller = shop.seller()
        page = transfer_accounts.page_for(seller=seller, return_url="http://x/", by=None, at=timezone.now())
        with stripe.store.change():
            connect.submit_details(stripe.store, page.rpartition("/")[2])

        with django_capture_on_commit_callbacks(execute=True):
            stand_in.bring(client, stripe.store.all("event")[0])

        assert TransferAccount.objects.get().can_receive and ProviderEvent.objects.get().state == "done"


class TestTransfers:
    def test_leave_in_one_transfer_per_share_tied_to_the_purchase(
        self, stripe, orders, django_capture_on_commit_callbacks
    ):
        seller = orders[0].seller
        checked(stripe, seller)

        pay_out(seller, django_capture_on_commit_callbacks)

        payout, sent = Payout.objects.get(), stripe.store.all("transfer")
        assert payout.state == "sent" and [each["amount"] for each in sent] == [10000]
        assert sent[0]["transfer_group"] == f"purchase-{orders[0].purchase.number}"
        assert payout.items.get().reference == sent[0]["id"] == payout.reference
        assert disagreements() == [] and money.all_adds_up()

    def test_go_to_the_bank_where_stripe_has_checked_nobody(self, stripe, orders, django_capture_on_commit_callbacks):
        seller = money.give_account(orders[0].seller)

        assert pay_out(seller, django_capture_on_commit_callbacks).door == "bank"

    def test_leave_once_however_often_they_are_asked_for(self, stripe, orders, django_capture_on_commit_callbacks):
        seller = orders[0].seller
        checked(stripe, seller)
        stripe.faults.answer_delay = 0
        payout = payouts.begin(seller=seller, by=None, at=timezone.now())
        for _again in range(3):
            payouts.doors.get("stripe").send(payout)

        payouts.send_outstanding()

        assert len(stripe.store.all("transfer")) == 1 and Payout.objects.get().state == "sent"

    def test_are_looked_for_when_the_key_may_be_forgotten(self, stripe, orders):
        seller = orders[0].seller
        checked(stripe, seller)
        payout = payouts.begin(seller=seller, by=None, at=timezone.now() - timedelta(days=3))
        payouts.doors.get("stripe").send(payout)
        stripe.store.state["answers"].clear()

        payouts.send_outstanding()

        assert len(stripe.store.all("transfer")) == 1 and Payout.objects.get().state == "sent"

    def test_wait_while_the_provider_is_down(self, stripe, orders, settings, django_capture_on_commit_callbacks):
        seller = orders[0].seller
        checked(stripe, seller)
        base, settings.STRIPE_API_BASE = settings.STRIPE_API_BASE, "http://127.0.0.1:9"
        pay_out(seller, django_capture_on_commit_callbacks)
        assert Payout.objects.get().state == "sending"

        settings.STRIPE_API_BASE = base
        payouts.send_outstanding()

        assert Payout.objects.get().state == "sent"

    def test_all_or_none_leave(self, stripe, orders, django_capture_on_commit_callbacks):
        seller = orders[0].seller
        checked(stripe, seller)
        money.owe(seller, 999_999)  # more than lies with the provider

        pay_out(seller, django_capture_on_commit_callbacks)

        payout = Payout.objects.get()
        assert (payout.state, payout.reason) == ("taken_back", "balance_insufficient")
        assert payout.why == "平台在支付渠道的余额暂时不足。"
        assert all(each["reversed"] for each in stripe.store.all("transfer"))
        assert money.holds("available", seller) == "10099.99" and disagreements() == []


class TestCallingBack:
    @pytest.fixture
    def paid_out(self, stripe, orders, django_capture_on_commit_callbacks):
        order = orders[0]
        checked(stripe, order.seller)
        pay_out(order.seller, django_capture_on_commit_callbacks)
        return order

    def refund(self, order, amount, capture):
        with capture(execute=True):
            lines = {order.lines.get().pk: Decimal(amount)}
            payments.refund_lines(order=order, amounts=lines, cause=amount, by=None, at=timezone.now())

    def test_reverses_the_transfer_after_a_refund(self, stripe, paid_out, django_capture_on_commit_callbacks):
        self.refund(paid_out, "30.00", django_capture_on_commit_callbacks)

        assert stripe.store.all("transfer")[0]["amount_reversed"] == 3000
        assert money.holds("debt", paid_out.seller) == "0.00"
        assert disagreements() == [] and money.all_adds_up()

    def test_takes_what_her_account_covers_and_notes_the_rest_as_a_debt(
        self, stripe, paid_out, django_capture_on_commit_callbacks
    ):
        connect.withdraw(stripe.store, TransferAccount.objects.get().number, 9000)

        self.refund(paid_out, "30.00", django_capture_on_commit_callbacks)

        assert Recall.objects.get().got_fen == 1000
        assert money.holds("debt", paid_out.seller) == "-20.00"
        assert disagreements() == []

    def test_counts_what_came_back_though_the_answer_was_lost(
        self, stripe, paid_out, django_capture_on_commit_callbacks
    ):
        connect.withdraw(stripe.store, TransferAccount.objects.get().number, 9000)
        gateway.call_back(key="lost", transfer=stripe.store.all("transfer")[0]["id"], fen=1000)

        self.refund(paid_out, "30.00", django_capture_on_commit_callbacks)

        assert Recall.objects.get().got_fen == 1000
        assert stripe.store.all("transfer")[0]["amount_reversed"] == 1000

    def test_is_asked_again_after_no_answer(self, stripe, paid_out, settings, django_capture_on_commit_callbacks):
        base, settings.STRIPE_API_BASE = settings.STRIPE_API_BASE, "http://127.0.0.1:9"
        self.refund(paid_out, "30.00", django_capture_on_commit_callbacks)
        assert Recall.objects.get().state == "asked"

        settings.STRIPE_API_BASE = base
        recalls.send_outstanding()

        assert Recall.objects.get().got_fen == 3000

    def test_that_cannot_be_asked_for_keeps_no_other_waiting(
        self, stripe, orders, settings, django_capture_on_commit_callbacks
    ):
        base = settings.STRIPE_API_BASE
        more = shop.buy(shop.product(shop.seller("丙店")), payment_method="stripe").attempts.get()
        payments.start(attempt=more)
        stand_in.pay(stripe, more)  # so that the provider's fee leaves enough for both
        for order, amount in zip(orders, ["30.00", "20.00"], strict=True):
            settings.STRIPE_API_BASE = base
            checked(stripe, order.seller)
            pay_out(order.seller, django_capture_on_commit_callbacks)
            settings.STRIPE_API_BASE = "http://127.0.0.1:9"
            self.refund(order, amount, django_capture_on_commit_callbacks)
        settings.STRIPE_API_BASE = base
        Payout.objects.filter(seller=orders[0].seller).update(door="gone")

        recalls.send_outstanding()

        assert list(Recall.objects.order_by("pk").values_list("got_fen", flat=True)) == [0, 2000]

    def test_a_transfer_nobody_here_made_is_found(self, stripe, paid_out):
        with stripe.store.change():
            to = TransferAccount.objects.get().number
            connect.create_transfer(stripe.store, {"amount": "100", "destination": to, "metadata": {"item": "0"}})

        assert disagreements() == [Kind.PROVIDER_TRANSFER, Kind.PROVIDER_BALANCE]
