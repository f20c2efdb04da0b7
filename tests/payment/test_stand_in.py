"""The stand-in tells the truth: its answers have the shape of Stripe's published ones, and the real client takes them."""

import json
import threading
import time
from pathlib import Path

import pytest

from marketplace.payment import stripe_gateway as gateway
from marketplace.payment.standin import checkout, connect, news, refunds
from marketplace.payment.standin.forms import nested
from marketplace.payment.standin.server import StandIn
from marketplace.payment.standin.store import Store

PUBLISHED = json.loads((Path(__file__).parent.parent / "data/stripe/fixtures3.json").read_text(encoding="utf-8"))
SESSION = {
    "mode": "payment",
    "line_items": [{"quantity": "1", "price_data": {"currency": "cny", "unit_amount": "5990"}}],
    "payment_method_types": ["card", "alipay", "wechat_pay"],
    "payment_method_options": {"wechat_pay": {"client": "web"}},
    "success_url": "http://127.0.0.1/back/",
}


@pytest.fixture
def store():
    return Store()


def paid_session(store, **how):
    session = checkout.create(store, SESSION, "http://127.0.0.1")
    return checkout.pay(store, session["id"], **how)


@pytest.fixture
def answers(store):
    """One of each resource, after a whole life of a payment and a payout."""
    session = paid_session(store)
    refunds.create(store, {"payment_intent": session["payment_intent"], "amount": "990"})
    seller = connect.create_account(store, {})
    link = connect.create_link(store, {"account": seller["id"]}, "http://127.0.0.1")
    connect.submit_details(store, seller["id"])
    sent = connect.create_transfer(store, {"amount": "2000", "destination": seller["id"]})
    connect.reverse(store, sent["id"], {"amount": "500"})
    kinds = ("checkout.session", "payment_intent", "charge", "refund", "balance_transaction", "account", "transfer")
    return {kind: store.all(kind)[0] for kind in (*kinds, "transfer_reversal", "event")} | {
        "account_link": link,
        "balance": nested_balance(store),
    }


def nested_balance(store):
    from marketplace.payment.standin import shapes

    return shapes.balance(store.lying_here())


def differences(ours, published, path=""):
    """Where two answers differ in shape: names at the top, and kinds of values wherever both have one."""
    if isinstance(ours, dict) and isinstance(published, dict):
        strange = set(ours) - set(published) if path.count(".") and published else set()
        found = [f"{path}.{name} is not published" for name in strange if not path.endswith(OWN_KEYS)]
        return found + [
            each
            for name in ours.keys() & published.keys()
            for each in differences(ours[name], published[name], f"{path}.{name}")
        ]
    if isinstance(ours, list) and isinstance(published, list):
        return differences(ours[0], published[0], f"{path}[]") if ours and published else []
    if ours is None or published is None or type(ours) is type(published):
        return []
    return [f"{path} is {type(ours).__name__}, published as {type(published).__name__}"]


OWN_KEYS = (
    ".metadata",
    ".payment_method_options",
    ".object",
    ".payment_method_details",
    ".destination_details",
    ".capabilities",
)
"""Under these the names depend on the method or on us."""


class TestShapes:
    @pytest.mark.parametrize("kind", sorted(PUBLISHED))
    def test_have_every_published_field_and_no_other(self, answers, kind):
        assert sorted(answers[kind]) == sorted(PUBLISHED[kind])

    @pytest.mark.parametrize("kind", sorted(PUBLISHED))
    def test_hold_values_of_the_published_kinds(self, answers, kind):
        assert differences(answers[kind], PUBLISHED[kind], kind) == []


class TestForms:
    def test_are_read_as_stripe_reads_them(self):
        text = "a[b][0][c]=1&a[b][1][c]=2&m[x]=%C3%A9&t[]=p&t[]=q&e="

        assert nested(text) == {"a": {"b": [{"c": "1"}, {"c": "2"}]}, "m": {"x": "é"}, "t": ["p", "q"], "e": ""}


class TestTheRealClient:
    def asked(self, **changes):
        plain = {
            "key": "pay-1",
            "attempt": "a-1",
            "fen": 5990,
            "words": "样例",
            "group": "purchase-1",
            "success_url": "http://127.0.0.1/back/",
            "cancel_url": "http://127.0.0.1/",
            "expires_at": int(time.time()) + 3660,
            "locale": "zh",
        }
        return gateway.Asked(**plain | changes)

    def test_opens_one_page_per_key(self, stripe):
        asked = self.asked()
        first, again = gateway.open_session(asked), gateway.open_session(asked)

        assert first == again
        assert len(stripe.store.all("checkout.session")) == 1

    def test_is_refused_for_a_key_with_other_values(self, stripe):
        gateway.open_session(self.asked())

        with pytest.raises(gateway.Unavailable):
            gateway.open_session(self.asked(fen=1))

    def test_sees_what_was_paid_and_what_it_cost(self, stripe):
        page = gateway.open_session(self.asked())
        checkout.pay(stripe.store, page.number)

        found = gateway.session(page.number)

        assert (found.is_paid, found.arrived, found.fee) == (True, 5990, 174)

    def test_cannot_close_a_page_that_was_paid(self, stripe):
        page = gateway.open_session(self.asked())
        checkout.pay(stripe.store, page.number)

        with pytest.raises(gateway.Refused):
            gateway.expire_session(page.number)

    def test_cannot_give_back_more_than_came(self, stripe):
        page = gateway.open_session(self.asked())
        intent = checkout.pay(stripe.store, page.number)["payment_intent"]
        gateway.give_back(key="r-1", intent=intent, fen=5000, refund="1")

        with pytest.raises(gateway.Refused):
            gateway.give_back(key="r-2", intent=intent, fen=1000, refund="2")

    def test_cannot_give_back_through_a_wallet_after_its_time(self, stripe):
        page = gateway.open_session(self.asked())
        intent = checkout.pay(stripe.store, page.number, method="alipay")["payment_intent"]
        stripe.store.clock = lambda: time.time() + 91 * 24 * 3600

        with pytest.raises(gateway.Refused) as refusal:
            gateway.give_back(key="r-1", intent=intent, fen=5000, refund="1")
        assert refusal.value.code == "charge_expired_for_refund"

    def test_gives_up_on_a_server_that_does_not_answer(self, stripe, monkeypatch):
        monkeypatch.setattr(gateway, "ANSWER_SECONDS", 0.2)
        gateway.client_for.cache_clear()
        stripe.faults.answer_delay = 1.0

        with pytest.raises(gateway.Unavailable):
            gateway.open_session(self.asked())
        gateway.client_for.cache_clear()

    def test_is_refused_without_a_key_of_the_right_kind(self, stripe, settings):
        settings.STRIPE_SECRET_KEY = "pk_wrong"

        with pytest.raises(gateway.Unavailable):
            gateway.open_session(self.asked())


class TestNews:
    def test_can_be_lost_doubled_and_shuffled(self):
        import random

        chance = random.Random(4)
        events = [{"id": str(number)} for number in range(10)]

        doubled = news.planned(events, news.Faults(duplicate=2, shuffle=True), chance)

        assert len(doubled) == 30 and doubled[:10] != events
        assert news.planned(events, news.Faults(drop=1.0), chance) == []

    def test_arrives_signed_for_now(self):
        heard = []
        server = listening(heard)
        try:
            with StandIn(webhook=f"http://127.0.0.1:{server.server_port}/", secret="whsec_x") as running:
                running.store.announce("payment_intent.created", {"id": "pi_1", "object": "payment_intent"})
                wait_for(lambda: heard)
        finally:
            server.shutdown()

        header, body = heard[0]
        stamp = int(header.partition(",")[0][2:])
        assert header == news.signature(body, "whsec_x", stamp) and abs(stamp - time.time()) < 5


class TestMemory:
    def test_survives_a_restart(self, tmp_path):
        store = Store(tmp_path / "memory.json")
        with store.change():
            session = checkout.create(store, SESSION, "http://127.0.0.1")

        assert Store(tmp_path / "memory.json").get("checkout.session", session["id"]) == session


def listening(heard):
    """A server that notes what is posted to it."""
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.headers["Stripe-Signature"], body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def wait_for(true, seconds=5.0):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    assert true()
