"""The whole purchase against the stand-in for Stripe: three sellers, its page, declined once, paid, three orders, news taken."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.order.models import Order, Purchase
from marketplace.payment.models import ProviderEvent, StripeSession
from marketplace.payment.reconciliation import differences
from marketplace.payment.standin.server import StandIn
from tests.e2e.test_guest_purchase import SHOPS, fits, put_in, say_where_to, shelves  # noqa: F401
from tests.stand_in import SECRET, use

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def provider(live_server, settings):
    """The stand-in, telling its news to the site as it runs."""
    settings.SITE_URL = live_server.url
    with StandIn(webhook=f"{live_server.url}/webhooks/stripe/", secret=SECRET) as running:
        use(running, settings)
        yield running


@pytest.fixture
def buyer(browser, live_server, provider):
    """A phone that may also open the provider's page."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, locale="zh-CN", base_url=live_server.url
    )
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert [text for text in refused if "Content Security Policy" in text] == []


def test_three_sellers_are_paid_at_once_on_the_providers_page(buyer, shelves, provider):  # noqa: F811
    sellers: set[str] = set()
    buyer.goto("/products/")
    put_in(buyer, sellers)
    buyer.goto("/basket/")
    buyer.get_by_role("link", name="去结算").first.click()
    say_where_to(buyer)
    buyer.get_by_label("银行卡、支付宝或微信支付").check(force=True)
    buyer.locator("#bar [data-submit]").click()

    buyer.wait_for_url(re.compile("/c/pay/"))
    assert fits(buyer)
    buyer.get_by_role("button", name="让银行拒付").click()
    buyer.get_by_role("alert").wait_for()
    buyer.get_by_label("支付宝").check()
    buyer.get_by_role("button", name=re.compile("^付款")).click()
    buyer.get_by_role("heading", name="支付成功").wait_for()

    bought = Purchase.objects.latest("pk")
    assert buyer.get_by_role("link", name="订单详情").count() == SHOPS
    assert {order.seller_name for order in Order.objects.filter(purchase=bought)} == sellers
    assert StripeSession.objects.get().attempt.purchase == bought
    wait_for_news(buyer)
    assert list(differences(timezone.now() - timedelta(days=1))) == []


def wait_for_news(page) -> None:
    """Its six pieces of news arrive within seconds, and are worked on."""
    for _turn in range(100):
        if ProviderEvent.objects.filter(state="done").count() == 6:
            return
        page.wait_for_timeout(100)
    raise AssertionError(list(ProviderEvent.objects.values_list("kind", "state", "last_error")))
