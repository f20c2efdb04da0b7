"""A provider that does not answer keeps one waiting, not everybody, and not for each purchase anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.order.models import Purchase
from marketplace.payment import actions as payments
from marketplace.payment import stripe_gateway
from marketplace.payment.providers import Unavailable
from marketplace.payment.silence import Silence
from tests import shop


class TestSilence:
    @pytest.fixture
    def silence(self):
        self.now = 0.0
        return Silence(15, clock=lambda: self.now)

    def test_keeps_nobody_from_asking_whoever_answers(self, silence):
        assert not silence.keeps("a")

    def test_keeps_all_from_asking_for_a_while(self, silence):
        silence.begin("a")

        assert silence.keeps("a") and silence.keeps("a") and not silence.keeps("b")

    def test_lets_one_ask_when_the_while_is_over(self, silence):
        silence.begin("a")
        self.now = 16.0

        assert [silence.keeps("a"), silence.keeps("a")] == [False, True]

    def test_ends_with_an_answer(self, silence):
        silence.begin("a")
        silence.end("a")

        assert not silence.keeps("a")


@pytest.mark.django_db
def test_overdue_purchases_do_not_wait_one_by_one(stripe, monkeypatch):
    """Three purchases, one of them by another way to pay: the provider is asked once, the other purchase closes."""
    goods = shop.product(shop.seller())
    waiting = [shop.buy(goods, payment_method="stripe") for _turn in range(3)]
    for bought in waiting:
        payments.start(attempt=bought.attempts.get())
    other = shop.buy(goods, payment_method="demo")
    late = timezone.now() + timedelta(minutes=31)
    calls = []
    monkeypatch.setattr(stripe_gateway, "CONNECT_SECONDS", 0)  # any failure counts as a long wait
    client = stripe_gateway.client
    monkeypatch.setattr(stripe_gateway, "client", lambda: calls.append(1) or client())
    monkeypatch.setattr(stripe.api, "answer", lambda call: 1 / 0)  # the line goes dead

    payments.close_overdue(late)

    assert len(calls) == 1
    assert set(Purchase.objects.filter(state="awaiting_payment")) == set(waiting)
    assert Purchase.objects.get(pk=other.pk).state == "closed"
    with pytest.raises(Unavailable):
        payments.start(attempt=waiting[0].attempts.get())
    assert len(calls) == 1
