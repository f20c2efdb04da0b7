"""Two hundred checkouts whose form says something else than the page did: nobody pays less, for others, or to elsewhere.

The suite tries a share; ``make sweep`` all of them.
"""

import random
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.order.models import Purchase
from marketplace.partner.models import StockRecord
from marketplace.payment.models import PaymentAttempt
from tests import shop
from tests.sweep import hostile

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "王样例", "mobile": "13800000001", "area-0": "230000", "area-1": "230200", "area-2": "230281",
    "detail": "示例路 8 号", "payment_method": "demo",
}  # fmt: skip
UNASKED = (
    "total", "amount", "price", "price_incl_tax", "line_price", "unit_price", "total_incl_tax", "shipping_incl_tax", "freight",
    "shipping_charge", "discount", "offer_discount", "quantity", "currency", "state", "status", "number", "user", "owner", "by",
    "seller", "partner", "stockrecord", "product", "is_paid", "paid_at", "basket_id", "lines-0-price", "commission", "settled",
)  # fmt: skip
"""What other shops' forms carry; ours must not listen to any of it."""
SUMS = ("0", "0.01", "-1", "-59.90", "1e-9", "NaN", "99999999999999", "[]", "\x00")
TOLD = {
    "seen": ("", "0", "x" * 64, "\x00"),
    "payment_method": ("", "free", "none", "balance", "DEMO", "demo ", "transfer", "cod", "stripe", "../demo", "\x00", "x" * 500),
    "note-1": ("x" * 201, "\x00", "<b>"), "note-999999999": ("为别人",), "note--1": ("x",), "note-x": ("x",),
    "area-2": ("", "000000", "999999", "230225", "110101", "\x00", "x" * 400), "area-0": ("", "110000"),
    "mobile": ("", "1", "+999999999999999999", "\x00", "13800000001\r\nBcc: x"), "name": ("", "\x00", "x" * 500),
    "detail": ("", "\x00", "x" * 5000), "contact": ("a@b.c\r\nBcc: d@e.f", "x", "\x00"), "exempt_confirmed": ("0", "[]", "\x00"),
    "next": ("//evil.example",), "refresh": ("",), "keep": ("\x00",), "paste": ("x" * 3000,), "take_out": ("1", "9" * 40, "x"),
}  # fmt: skip
WHOLE, SHARE = 200, 60
SENDABLE = [value for value in hostile.VALUES if value.encode("utf-8", "ignore").decode() == value]
"""Halves of characters cannot be sent as the text they are; the sweep of forms sends their bytes."""


class Shopping:
    """A buyer with two sellers' goods in her basket, and somebody else with a basket and an address of her own.

    What was bought and reserved before (other tests of this folder keep a world) is not hers."""

    def __init__(self):
        self.bought = list(Purchase.objects.values_list("pk", flat=True))
        self.tried = list(PaymentAttempt.objects.values_list("pk", flat=True))
        self.reserved_before = 0
        self.reserved_before = self.reserved()
        shop.country()
        self.goods = [shop.product(shop.seller(f"样例店{n}", fee="8.00"), f"米{n}") for n in range(2)]
        self.browser, self.other = Client(), Client()
        self.other.force_login(User.objects.create_user(mobile="13900000177", nickname="样例"))
        for browser in (self.browser, self.other):
            for each in self.goods:
                browser.post(reverse("basket:add"), {"product": each.pk, "quantity": 1})
        self.form, self.foreign = self.looked(self.browser), self.looked(self.other)["basket"]
        self.total = Decimal("155.80")  # two bags at 59.90; freight 8.00 and five kilograms at 2.00 from each seller

    def placed(self):
        """Purchases made since, whoever's they are."""
        return Purchase.objects.exclude(pk__in=self.bought)

    def attempts(self):
        return PaymentAttempt.objects.exclude(pk__in=self.tried)

    def reserved(self) -> int:
        """Pieces put aside since, of whatever good."""
        return (StockRecord.objects.aggregate(all=Sum("num_allocated"))["all"] or 0) - self.reserved_before

    def looked(self, browser) -> dict:
        page = BeautifulSoup(browser.post(reverse("checkout:index"), TYPED | {"refresh": "1"}).content, "html.parser")
        return TYPED | {name: page.find("input", {"name": name})["value"] for name in ("basket", "seen")}

    def singles(self):
        """One thing altered."""
        yield from ({name: value} for name, values in TOLD.items() for value in values)
        yield from ({name: SUMS[place % len(SUMS)]} for place, name in enumerate(UNASKED))
        own, signature = self.form["basket"].split(":", 1)
        foreign = self.foreign.split(":", 1)[0]
        for token in (
            self.foreign,
            f"{foreign}:{signature}",
            f"{own}:x",
            own,
            foreign,
            "",
            "\x00",
            "9" * 40,
            self.form["basket"][:-1],
        ):
            yield {"basket": token}
        yield from ({"saved": value} for value in ("1", "-1", "9" * 40, "x", "\x00"))

    def altered(self, most: int):
        """Singles first, then several at once by chance."""
        singles, chance = list(self.singles()), random.Random(7)
        chance.shuffle(singles)
        for number in range(most):
            if number < len(singles):
                yield singles[number]
            else:
                several = {name: chance.choice(SUMS) for name in chance.sample(UNASKED, 8)}
                yield (several | chance.choice(singles) | {chance.choice(list(TYPED)): chance.choice(SENDABLE[:60])})


@pytest.fixture
def shopping():
    return Shopping()


def wrong_with(shopping, answer) -> list[str]:
    """What must not be after a checkout, whatever it said."""
    found = [f"answered {answer.status_code}"] if answer.status_code >= 500 else []
    if "evil" in answer.headers.get("Location", ""):
        found.append("led away")
    for purchase in shopping.placed():
        if (purchase.total, purchase.buyer) != (shopping.total, None):
            found.append(f"{purchase.total} for {purchase.buyer}")
        if set(purchase.attempts.values_list("amount", "state")) - {(shopping.total, "open"), (shopping.total, "due")}:
            found.append(f"attempts {list(purchase.attempts.values_list('amount', 'state'))}")
        if set(purchase.orders.values_list("seller", flat=True)) != {
            each.stockrecords.get().partner_id for each in shopping.goods
        }:
            found.append("other sellers")
    if (reserved := shopping.reserved()) != 2 * shopping.placed().count():
        found.append(f"{reserved} pieces reserved")
    if shopping.attempts().exclude(purchase__in=shopping.placed()).exists():
        found.append("a payment for another purchase")
    return found


def test_no_altered_checkout_changes_what_is_owed(shopping, whole, undone, swept):
    most, wrong, placed = WHOLE if whole else SHARE, [], 0
    shopping.browser.raise_request_exception = False
    for changes in shopping.altered(most):
        with undone():
            answer = shopping.browser.post(reverse("checkout:index"), shopping.form | changes)
            placed += shopping.placed().exists()
            wrong += [(changes, said) for said in wrong_with(shopping, answer)]

    told = f"{placed} placed at the true price, {most - placed} not placed, {len(wrong)} wrong"
    swept(f"{most} altered checkouts: {told}")
    assert wrong == [] and 0 < placed < most


def test_an_unaltered_one_is_placed(shopping):
    """Otherwise the counts above prove nothing."""
    answer = shopping.browser.post(reverse("checkout:index"), shopping.form)

    assert answer.status_code == 302 and wrong_with(shopping, answer) == [] and shopping.placed().count() == 1


def test_nobody_orders_the_basket_of_somebody_signed_in(shopping):
    answer = shopping.browser.post(reverse("checkout:index"), shopping.form | {"basket": shopping.foreign})

    assert answer.url == reverse("basket:summary") and not shopping.placed().exists()
