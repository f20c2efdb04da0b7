"""Paying through Stripe's Checkout, against the stand-in: to its page and back, late, twice, wrong, and not at all."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from marketplace.order.models import Purchase
from marketplace.payment import actions as payments
from marketplace.payment import stripe_gateway as gateway
from marketplace.payment.models import AttemptState, PaymentAttempt, Refund, StripeSession
from marketplace.payment.providers import Unavailable
from tests import money, shop, stand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought(stripe):
    return shop.buy(
        *(shop.product(shop.seller(f"样例店{n}", fee="8.00"), f"米{n}") for n in range(3)), payment_method="stripe"
    )


def start(purchase):
    return payments.start(attempt=purchase.attempts.last()).url


def come_back(client, attempt):
    return client.get(reverse("payment:back", args=[attempt.key]), follow=True)


class TestGoingToPay:
    def test_leads_to_a_page_for_the_whole_sum(self, stripe, bought):
        address = start(bought)

        session = stripe.store.all("checkout.session")[0]
        assert address == session["url"]
        assert session["amount_total"] == bought.total * 100
        assert session["payment_method_types"] == ["card", "alipay", "wechat_pay"]

    def test_twice_leads_to_the_same_page(self, stripe, bought):
        assert start(bought) == start(bought)
        assert len(stripe.store.all("checkout.session")) == 1

    def test_asks_again_with_the_same_key_after_an_answer_was_lost(self, stripe, bought, monkeypatch):
        with monkeypatch.context() as broken:
            broken.setattr(gateway, "session_of", lambda found: (_ for _ in ()).throw(gateway.Unavailable("lost")))
            with pytest.raises(Unavailable):
                start(bought)

        start(bought)

        assert len(stripe.store.all("checkout.session")) == 1

    def test_makes_another_page_when_the_first_is_dead(self, stripe, bought):
        start(bought)
        gateway.expire_session(StripeSession.objects.get().number)

        assert start(bought) == stripe.store.all("checkout.session")[0]["url"]
        assert len(stripe.store.all("checkout.session")) == 2

    def test_keeps_the_purchase_while_the_provider_is_down(self, client, stripe, bought, settings):
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"
        attempt = bought.attempts.get()

        shown = client.post(reverse("payment:pay", args=[attempt.key]), {"method": "stripe"}, follow=True)

        assert BeautifulSoup(shown.content, "html.parser").select_one(".alert--wait")
        assert Purchase.objects.get().is_unpaid and PaymentAttempt.objects.get().state == AttemptState.OPEN

    def test_may_leave_our_pages_for_the_providers(self, client, stripe, bought):
        policy = client.get(bought.get_absolute_url())["Content-Security-Policy"]

        assert f"form-action 'self' {stripe.base}" in policy


class TestComingBack:
    def test_paid_confirms_every_order_and_notes_the_fee(self, client, stripe, bought):
        start(bought)
        stand_in.pay(stripe, bought.attempts.get())

        come_back(client, bought.attempts.get())

        assert {order.status for order in bought.orders.all()} == {"awaiting_shipment"}
        fee = Decimal(stripe.store.all("balance_transaction")[0]["fee"]) / 100
        assert Decimal(money.holds("fees")) == -fee
        assert Decimal(money.holds("clearing", place="stripe")) == fee - bought.total
        assert money.all_adds_up()

    def test_unpaid_changes_nothing(self, client, stripe, bought):
        start(bought)

        shown = come_back(client, bought.attempts.get())

        assert Purchase.objects.get().is_unpaid
        assert reverse("payment:ask", args=[bought.attempts.get().key]) in shown.content.decode()

    def test_is_not_believed_without_asking(self, client, stripe, bought):
        come_back(client, bought.attempts.get())

        assert Purchase.objects.get().is_unpaid

    def test_says_so_when_the_provider_is_down(self, client, stripe, bought, settings):
        start(bought)
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"

        assert come_back(client, bought.attempts.get()).status_code == 200
        assert Purchase.objects.get().is_unpaid


class TestWhatIsNotOwed:
    def test_goes_back_when_it_comes_too_late(self, stripe, bought, django_capture_on_commit_callbacks):
        start(bought)
        attempt = bought.attempts.get()
        payments.cancel_purchase(purchase=bought, by=None, at=timezone.now())
        stand_in.pay(stripe, attempt)

        with django_capture_on_commit_callbacks(execute=True):
            payments.ask(attempt=attempt, at=timezone.now())

        refund = Refund.objects.get()
        assert (refund.amount, refund.state) == (bought.total, "done")
        assert stripe.store.all("refund")[0]["amount"] == bought.total * 100
        assert money.holds("buyers") == "0.00" and money.all_adds_up()

    def test_goes_back_when_it_comes_twice(self, stripe, bought, django_capture_on_commit_callbacks):
        start(bought)
        first = bought.attempts.get()
        payments.fail(attempt=first, at=timezone.now())
        second = payments.retry(purchase=bought, method="stripe", at=timezone.now())
        payments.start(attempt=second)
        for attempt in (first, second):
            stand_in.pay(stripe, attempt)

        with django_capture_on_commit_callbacks(execute=True):
            ended = [payments.ask(attempt=attempt, at=timezone.now()).state for attempt in (second, first)]

        assert ended == ["succeeded", "surplus"]
        assert Refund.objects.get().state == "done"

    @pytest.mark.parametrize("wrong", [1, 99999999], ids=["too little", "too much"])
    def test_goes_back_when_it_is_another_amount(self, stripe, bought, wrong, django_capture_on_commit_callbacks):
        start(bought)
        stand_in.pay(stripe, bought.attempts.get(), amount=wrong)

        with django_capture_on_commit_callbacks(execute=True):
            payments.ask(attempt=bought.attempts.get(), at=timezone.now())

        assert Refund.objects.get().amount == Decimal(wrong) / 100
        assert Purchase.objects.get().is_unpaid and money.all_adds_up()


class TestGivingUp:
    def test_closes_the_page(self, stripe, bought, django_capture_on_commit_callbacks):
        start(bought)

        with django_capture_on_commit_callbacks(execute=True):
            payments.cancel_purchase(purchase=bought, by=None, at=timezone.now())

        assert stripe.store.all("checkout.session")[0]["status"] == "expired"

    def test_for_another_way_to_pay_closes_the_page(self, stripe, bought, django_capture_on_commit_callbacks):
        start(bought)

        with django_capture_on_commit_callbacks(execute=True):
            payments.retry(purchase=bought, method="transfer", at=timezone.now())

        assert stripe.store.all("checkout.session")[0]["status"] == "expired"

    def test_waits_for_a_provider_that_is_down(self, stripe, bought, settings):
        start(bought)
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"

        payments.close_overdue(bought.pay_by)
        assert Purchase.objects.get().is_unpaid

        payments.close_overdue(bought.pay_by + payments.LONGEST_SILENCE * 2)
        assert Purchase.objects.get().state == "closed"


class TestGivingMoneyBack:
    def test_of_one_order_goes_through_stripe(self, stripe, bought, django_capture_on_commit_callbacks):
        start(bought)
        stand_in.pay(stripe, bought.attempts.get())
        payments.ask(attempt=bought.attempts.get(), at=timezone.now())
        order = bought.orders.first()

        with django_capture_on_commit_callbacks(execute=True):
            payments.cancel_order(order=order, by=None, at=timezone.now())
            payments.send_refund.call(Refund.objects.get().pk)

        assert [each["amount"] for each in stripe.store.all("refund")] == [order.total * 100]
        assert Refund.objects.get().reference == stripe.store.all("refund")[0]["id"]

    def test_after_the_wallets_time_is_left_to_a_person(self, stripe, bought, django_capture_on_commit_callbacks):
        start(bought)
        stand_in.pay(stripe, bought.attempts.get(), method="alipay")
        payments.ask(attempt=bought.attempts.get(), at=timezone.now())
        now = stripe.store.now()
        stripe.store.clock = lambda: now + 91 * 24 * 3600

        with django_capture_on_commit_callbacks(execute=True):
            payments.cancel_order(order=bought.orders.first(), by=None, at=timezone.now())

        assert Refund.objects.get().state == "owed"

    def test_is_looked_for_when_the_key_may_be_forgotten(self, stripe, bought):
        start(bought)
        stand_in.pay(stripe, bought.attempts.get())
        payments.ask(attempt=bought.attempts.get(), at=timezone.now())
        payments.cancel_order(order=bought.orders.first(), by=None, at=timezone.now())
        refund = Refund.objects.get()
        Refund.objects.update(created_at=timezone.now() - timedelta(days=2))
        asked = {"intent": refund.attempt.reference, "fen": 100, "refund": str(refund.key)}
        gateway.give_back(key="forgotten by now", **asked)

        payments.send_refund.call(refund.pk)

        assert len(stripe.store.all("refund")) == 1 and Refund.objects.get().state == "done"
