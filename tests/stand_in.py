"""The stand-in for Stripe as tests use it: a real server on this machine, asked by the real client."""

import json

import pytest
from django.urls import reverse

from marketplace.payment import stripe_gateway
from marketplace.payment.standin import checkout, news
from marketplace.payment.standin.server import StandIn

SECRET = "whsec_stand_in"  # noqa: S105


@pytest.fixture
def stripe(settings):
    """The stand-in, with the shop told to use it. Its news goes nowhere: a test brings it by hand (``news_of``, ``bring``)."""
    with StandIn() as running:
        use(running, settings)
        yield running


def use(stand_in: StandIn, settings) -> None:
    """Tell the shop to pay through this one."""
    stripe_gateway.silence.ends.clear()  # another one may have been silent at the same address
    settings.STRIPE_API_BASE, settings.STRIPE_SECRET_KEY = stand_in.base, "sk_test_stand_in"
    settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_IS_STAND_IN = SECRET, True
    settings.PAYMENT_HOSTS = [stand_in.base]
    settings.PAYMENT_PROVIDERS = [
        "marketplace.payment.providers.stripe_checkout.StripeCheckout",
        *settings.PAYMENT_PROVIDERS,
    ]


def page_of(stand_in: StandIn, attempt) -> str:
    """The number of the page on which an attempt is paid."""
    sessions = stand_in.store.all("checkout.session")
    return next(each["id"] for each in sessions if each["client_reference_id"] == str(attempt.key))


def pay(stand_in: StandIn, attempt, **how) -> dict:
    """The buyer pays on that page."""
    with stand_in.store.change():
        return checkout.pay(stand_in.store, page_of(stand_in, attempt), **how)


def news_of(stand_in: StandIn) -> list[dict]:
    """Everything it has to tell, oldest first."""
    return list(reversed(stand_in.store.all("event")))


def bring(client, event: dict, *, secret: str = SECRET, at: int | None = None, body: bytes | None = None):
    """Post a piece of news to the shop as Stripe does."""
    content = json.dumps(event).encode()
    stamp = event["created"] if at is None else at
    return client.post(
        reverse("stripe-webhook"),
        content if body is None else body,
        content_type="application/json",
        headers={"Stripe-Signature": news.signature(content, secret, stamp)},
    )
