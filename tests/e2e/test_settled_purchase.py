"""From one payment to three statements: paid on the provider's page, received, paid out, one refunded after that, added up."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.order import actions as orders
from marketplace.order.models import Order, Purchase
from marketplace.payment import actions as payments
from marketplace.payment.models import Refund
from marketplace.payment.reconciliation import differences
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from marketplace.settlement import payouts, release
from marketplace.settlement.models import CommissionRate
from tests import money, shop
from tests.e2e.test_guest_purchase import fits, say_where_to
from tests.e2e.test_stripe_purchase import buyer, provider  # noqa: F401

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

STATEMENTS = {
    "甲店": (["¥59.90", "¥8.00", "-¥3.00", "-¥64.90"], "¥0.00"),
    "乙店": (["¥39.90", "¥6.00", "-¥1.20", "-¥10.00", "¥0.30", "-¥44.70"], "-¥9.70"),
    "丙店": (["¥52.80", "-¥2.64", "-¥50.16"], "¥0.00"),
}
"""What came and went by its name, and what is left in all: 59.90 + 8.00 + 39.90 + 6.00 + 52.80 = 166.60 was paid."""


@pytest.fixture
def goods(transactional_db):
    """Three sellers with accounts at a bank; the platform keeps 5 %, of 乙店 3 %."""
    since = timezone.now() - timedelta(days=99)
    CommissionRate.objects.create(scope="platform", percent=5, since=since)
    made = []
    for name, price, fee in (("甲店", "59.90", "8.00"), ("乙店", "39.90", "6.00"), ("丙店", "52.80", None)):
        of = money.give_account(shop.seller(name, fee=fee, area="230281"))
        made.append(shop.product(of, f"{name}新米", price=price, grams=500))
    CommissionRate.objects.create(scope="seller", seller=made[1].seller, percent=3, since=since)
    shop.country()
    return made


def test_three_statements_add_up_after_payouts_and_a_refund(buyer, goods, provider, live_server):  # noqa: F811
    bought = buys(buyer, goods)
    for order in bought.orders.order_by("pk"):
        receives(buyer, order)
    pay_out(bought)
    refunded = bought.orders.get(seller__name="乙店")
    amounts = {refunded.lines.get().pk: Decimal("10.00")}
    payments.refund_lines(order=refunded, amounts=amounts, cause="bad-fruit", by=None, at=timezone.now())
    assert Refund.objects.get().state == "done"

    for name, (came_and_went, left) in STATEMENTS.items():
        assert statement_of(buyer, name, live_server) == (came_and_went, left)
    assert list(differences(timezone.now() - timedelta(days=1))) == []


def buys(page, goods) -> Purchase:
    """All three into one basket, paid with one payment on the page of the stand-in."""
    for each in goods:
        page.goto(each.get_absolute_url())
        with page.expect_response(re.compile("/basket/add/")):
            page.get_by_role("button", name="加入购物车").first.click()
    page.goto("/basket/")
    page.get_by_role("link", name="去结算").first.click()
    say_where_to(page)
    page.get_by_label("银行卡、支付宝或微信支付").check(force=True)
    page.locator("#bar [data-submit]").click()
    page.wait_for_url(re.compile("/c/pay/"))
    page.get_by_role("button", name=re.compile("^付款")).click()
    page.get_by_role("heading", name="支付成功").wait_for()
    bought = Purchase.objects.get()
    assert (bought.total, bought.orders.count()) == (Decimal("166.60"), 3)
    return bought


def receives(page, order: Order) -> None:
    """The shop sends it; the buyer says on its page that it is there."""
    number = f"SF{order.pk:010}"
    orders.ship(order=order, carrier="shunfeng", tracking_number=number, by=None, at=timezone.now())
    page.goto(f"/checkout/purchase/{order.purchase.token}/orders/{order.number}/")
    page.locator("summary", has_text="确认收货").click()
    page.locator("details[open] button").click()
    page.get_by_role("heading", name="已完成").wait_for()


def pay_out(bought: Purchase) -> None:
    """The guard time is over, and the bank sends what each of them has."""
    now = timezone.now()
    Order.objects.update(received_at=now - timedelta(days=8))
    assert release.release_ripe(now) == 3
    assert payouts.begin_all(by=None, at=now) == (3, [])
    payouts.export(by=None, at=now)
    for order in bought.orders.all():
        payout = order.seller.payouts.get()
        payouts.arrive(payout=payout, reference=f"BANK-{payout.pk}", by=None, at=now)


def statement_of(page, name: str, live_server) -> tuple[list[str], str]:
    """What the seller reads on her phone: the sums, and what is left of all in the end. The numbers are printed too."""
    owner = User.objects.create_user(mobile=f"1390000010{list(STATEMENTS).index(name)}")
    team.join(seller=shop.Partner.objects.get(name=name), user=owner, role=TeamRole.OWNER)
    client = Client()
    client.force_login(owner)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto("/seller/money/statement/")
    page.locator(".stmt__lines li").first.wait_for()
    assert fits(page)
    words = page.locator(".sums dt").all_inner_texts()
    sums = [text.strip() for text in page.locator(".sums dd").all_inner_texts()]
    left = page.locator(".stmt__ends tbody tr:last-child td:last-child").inner_text().strip()
    print(f"\n{name}: {', '.join(f'{w} {s}' for w, s in zip(words, sums, strict=True))} = {left}")  # noqa: T201
    return sums, left
