"""Stripe's news: whoever speaks, in whatever order, however often, or never. The end is always the same."""

import itertools
import json
import random
import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from marketplace.order.models import Purchase
from marketplace.payment import actions as payments
from marketplace.payment import stripe_events, stripe_watch
from marketplace.payment.models import PaymentAttempt, ProviderEvent, Refund, StripeSession
from marketplace.payment.standin import checkout, news
from tests import money, shop, stand_in

NEWS = [
    "payment_intent.created",
    "payment_intent.payment_failed",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
    "charge.updated",
]


def bought_of(*sellers):
    return shop.buy(*(shop.product(shop.seller(name), price="30.00") for name in sellers), payment_method="stripe")


def declined_then_paid(stripe):
    """A purchase whose buyer was declined once, and the six pieces of news of it."""
    purchase = bought_of("甲店", "乙店")
    attempt = purchase.attempts.get()
    payments.start(attempt=attempt)
    checkout.decline(stripe.store, stand_in.page_of(stripe, attempt))
    stand_in.pay(stripe, attempt)
    events = stand_in.news_of(stripe)
    assert [each["type"] for each in events] == NEWS
    return purchase, events


def end_state():
    return {
        "purchase": list(Purchase.objects.values_list("state", flat=True)),
        "attempts": list(PaymentAttempt.objects.values_list("state", "amount")),
        "refunds": Refund.objects.count(),
        "books": money.books(),
        "settled": not StripeSession.objects.unsettled().exists(),
    }


def hear(events):
    """Keep each piece and work on it, one after the other."""
    for event in events:
        stripe_events.work_on.call(stripe_events.keep(event=event, at=timezone.now()).pk)


@pytest.mark.django_db
class TestOrder:
    def test_all_720_orders_of_six_pieces_end_the_same(self, stripe):
        _purchase, events = declined_then_paid(stripe)
        ends = set()

        for order in itertools.permutations(events):
            with transaction.atomic():
                hear(order)
                ends.add(json.dumps(end_state(), default=str, sort_keys=True))
                transaction.set_rollback(True)

        assert len(ends) == 1
        end = json.loads(ends.pop())
        assert (end["purchase"], end["refunds"], end["settled"]) == (["confirmed"], 0, True)
        assert end["attempts"] == [["succeeded", "60.00"]]

    def test_late_news_of_a_closed_purchase_gives_the_money_back(self, stripe, django_capture_on_commit_callbacks):
        purchase, events = declined_then_paid(stripe)
        payments.cancel_purchase(purchase=purchase, by=None, at=timezone.now())

        with django_capture_on_commit_callbacks(execute=True):
            hear(reversed(events))

        assert Purchase.objects.get().state == "closed"
        assert Refund.objects.get().state == "done" and money.all_adds_up()


@pytest.mark.django_db(transaction=True)
class TestManyTimes:
    @pytest.mark.parametrize("as_new_events", [False, True], ids=["the same event", "another event each time"])
    def test_a_hundred_times_shuffled_at_once_is_one_payment(self, stripe, as_new_events):
        _purchase, events = declined_then_paid(stripe)
        posts = [
            partial(stand_in.bring, Client(), event | ({"id": f"{event['id']}{turn}"} if as_new_events else {}))
            for turn in range(100)
            for event in events
        ]
        random.Random(7).shuffle(posts)

        answers = shop.at_once(posts, workers=8)
        stripe_events.work_off(limit=1000)

        assert {getattr(answer, "status_code", answer) for answer in answers} == {200}
        assert PaymentAttempt.objects.get().state == "succeeded"
        assert not Refund.objects.exists() and money.all_adds_up()
        assert ProviderEvent.objects.count() == (600 if as_new_events else 6)


@pytest.mark.django_db
class TestNever:
    def test_a_payment_without_news_is_found_by_asking(self, stripe):
        purchase = bought_of("甲店")
        payments.start(attempt=purchase.attempts.get())
        stand_in.pay(stripe, purchase.attempts.get())

        stripe_watch.watch(timezone.now() + timedelta(minutes=1))

        assert Purchase.objects.get().paid_at is not None
        assert not StripeSession.objects.unsettled().exists()

    def test_a_hundred_payments_without_news_are_found_in_a_quarter_of_an_hour(self, stripe):
        goods = shop.product(shop.seller(), stock=200)
        for _number in range(100):
            attempt = shop.buy(goods, payment_method="stripe").attempts.get()
            payments.start(attempt=attempt)
            stand_in.pay(stripe, attempt)

        for minute in range(1, 16):
            stripe_watch.watch(timezone.now() + timedelta(minutes=minute))

        assert Purchase.objects.filter(state="confirmed").count() == 100
        assert money.all_adds_up()

    def test_closes_pages_nobody_should_pay_any_more(self, stripe, settings):
        purchase = bought_of("甲店")
        payments.start(attempt=purchase.attempts.get())
        payments.cancel_purchase(purchase=purchase, by=None, at=timezone.now())  # the provider was not told

        stripe_watch.watch(timezone.now() + timedelta(minutes=1))
        stripe_watch.watch(timezone.now() + timedelta(minutes=2))

        assert stripe.store.all("checkout.session")[0]["status"] == "expired"
        assert not StripeSession.objects.unsettled().exists()

    def test_makes_refunds_that_an_earlier_try_left(self, stripe):
        purchase = bought_of("甲店")
        payments.start(attempt=purchase.attempts.get())
        stand_in.pay(stripe, purchase.attempts.get())
        payments.ask(attempt=purchase.attempts.get(), at=timezone.now())
        payments.cancel_order(order=purchase.orders.get(), by=None, at=timezone.now())  # and the worker died

        stripe_watch.watch(timezone.now() + timedelta(minutes=1))

        assert Refund.objects.get().state == "done"

    def test_waits_while_the_provider_is_down(self, stripe, settings):
        purchase, events = declined_then_paid(stripe)
        base, settings.STRIPE_API_BASE = settings.STRIPE_API_BASE, "http://127.0.0.1:9"
        stripe_watch.watch(timezone.now() + timedelta(minutes=1))
        hear(events)
        assert Purchase.objects.get().is_unpaid and ProviderEvent.objects.filter(state="new").count() == 6

        settings.STRIPE_API_BASE = base
        stripe_events.work_off()

        assert Purchase.objects.get().paid_at is not None and not ProviderEvent.objects.filter(state="new").exists()

    def test_a_page_the_provider_does_not_know_keeps_no_other_waiting(self, stripe, monkeypatch):
        unknown, known = (bought_of(name).attempts.get() for name in ("甲店", "乙店"))
        for attempt in (unknown, known):
            payments.start(attempt=attempt)
        StripeSession.objects.filter(attempt=unknown).update(number="cs_of_another_key")
        stand_in.pay(stripe, known)
        monkeypatch.setattr(stripe_watch, "AT_ONCE", 1)

        for minute in (1, 2):
            stripe_watch.watch(timezone.now() + timedelta(minutes=minute))

        assert Purchase.objects.get(attempts=known).paid_at is not None

    def test_a_refund_that_breaks_keeps_no_other_waiting(self, stripe, monkeypatch):
        for name in ("甲店", "乙店"):
            purchase = bought_of(name)
            payments.start(attempt=purchase.attempts.get())
            stand_in.pay(stripe, purchase.attempts.get())
            payments.ask(attempt=purchase.attempts.get(), at=timezone.now())
            payments.cancel_order(order=purchase.orders.get(), by=None, at=timezone.now())
        broken = Refund.objects.earliest("pk")
        PaymentAttempt.objects.filter(refunds=broken).update(provider="gone")  # after the list was made
        monkeypatch.setattr(stripe_watch, "owed", lambda now: list(Refund.objects.order_by("pk")))

        stripe_watch.watch(timezone.now() + timedelta(minutes=1))

        assert list(Refund.objects.order_by("pk").values_list("state", flat=True)) == ["owed", "done"]


@pytest.mark.django_db
class TestWhatIsKept:
    def test_holds_no_secrets(self, client, stripe):
        _purchase, events = declined_then_paid(stripe)
        completed = events[4]
        completed["data"]["object"]["customer_details"] = {"email": "nobody@example.com", "name": "王样例"}

        for event in events:
            stand_in.bring(client, event)

        kept = json.dumps(list(ProviderEvent.objects.values_list("body", flat=True)), ensure_ascii=False)
        assert "_secret_" not in kept and "nobody@example.com" not in kept and "王样例" not in kept
        assert events[0]["data"]["object"]["metadata"]["attempt"] in kept

    def test_a_dispute_is_held_for_staff(self, client, stripe, django_capture_on_commit_callbacks):
        dispute = {"id": "dp_1", "object": "dispute", "metadata": {}, "payment_intent": "pi_1"}
        event = {"id": "evt_1", "object": "event", "type": "charge.dispute.created", "created": int(time.time())}

        with django_capture_on_commit_callbacks(execute=True):
            assert stand_in.bring(client, event | {"data": {"object": dispute}}).status_code == 200

        held = ProviderEvent.objects.get()
        assert held.state == "held"
        assert stripe_events.put_aside(event=held, by=None, at=timezone.now()).state == "done"

    @pytest.mark.parametrize("kind", ["customer.created", "unheard.of"])
    def test_unknown_news_is_kept_and_left_alone(self, client, stripe, kind, django_capture_on_commit_callbacks):
        event = {"id": "evt_2", "object": "event", "type": kind, "created": int(time.time())}

        with django_capture_on_commit_callbacks(execute=True):
            answer = stand_in.bring(client, event | {"data": {"object": {"id": "x", "metadata": {"attempt": "no"}}}})

        assert answer.status_code == 200 and ProviderEvent.objects.get().state == "done"


def forgeries(body: bytes, chance: random.Random):
    """1,000 posts that Stripe did not send, or not now: (body, header)."""
    now, right = int(time.time()), stand_in.SECRET
    signed = partial(news.signature, body)
    for number in range(100):
        yield body, signed(f"whsec_{number}", now)
        yield body, signed(right, now - 301 - chance.randrange(10**6))
        yield body, signed(right, now + 301 + chance.randrange(10**6))
        yield body.replace(b"paid", b"PAID", 1 + number % 3), signed(right, now)
        yield body + b" " * (number + 1), signed(right, now)
        yield body, signed(right, now).replace("v1=", "v0=")
        yield body, signed(right, now)[: -1 - number % 60]
        yield body, signed(right, now).replace(f"t={now}", f"t={now + 1 + number}")
        yield body, f"t={now},{signed(right, now)}" if number % 2 else ""
        yield chance.randbytes(number), signed(right, now)


@pytest.mark.django_db
class TestTheDoor:
    def test_lets_none_of_a_thousand_forgeries_in(self, client, stripe):
        _purchase, events = declined_then_paid(stripe)
        body = json.dumps(events[4]).encode()
        posts = list(forgeries(body, random.Random(5)))

        answers = [
            client.post("/webhooks/stripe/", content, "application/json", headers={"Stripe-Signature": header})
            for content, header in posts
        ]

        assert len(answers) == 1000 and {answer.status_code for answer in answers} == {400}
        assert not ProviderEvent.objects.exists() and Purchase.objects.get().is_unpaid

    @pytest.mark.parametrize("seconds", [-299, 0, 299])
    def test_lets_in_what_is_signed_for_now(self, client, stripe, seconds):
        _purchase, events = declined_then_paid(stripe)

        assert stand_in.bring(client, events[0], at=int(time.time()) + seconds).status_code == 200
        assert ProviderEvent.objects.count() == 1

    def test_is_shut_without_a_secret(self, client, stripe, settings):
        settings.STRIPE_WEBHOOK_SECRET = ""
        _purchase, events = declined_then_paid(stripe)

        assert stand_in.bring(client, events[0], secret="").status_code == 400

    @pytest.mark.parametrize("body", [b"", b"[]", b'{"object": "event"}', b"\xff", b'{"object":"event","id":1}'])
    def test_refuses_what_is_no_event(self, client, stripe, body):
        header = news.signature(body, stand_in.SECRET, int(time.time()))

        answer = client.post("/webhooks/stripe/", body, "application/json", headers={"Stripe-Signature": header})

        assert answer.status_code == 400

    def test_takes_no_other_method_and_asks_for_no_token(self, stripe):
        strict = Client(enforce_csrf_checks=True)
        _purchase, events = declined_then_paid(stripe)

        assert strict.get("/webhooks/stripe/").status_code == 405
        assert stand_in.bring(strict, events[0]).status_code == 200
