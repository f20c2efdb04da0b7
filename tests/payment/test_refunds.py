"""Money given back by line: the arithmetic, the rules, and many presses at once."""

from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from marketplace.order import actions as orders
from marketplace.payment import actions as payments
from marketplace.payment.models import Refund
from marketplace.payment.refunds import paid_for, refundable
from marketplace.payment.shares import Shares, paid
from tests import shop

D = Decimal


@pytest.mark.parametrize(
    ("prices", "discount", "shares"),
    [
        pytest.param(("30.00", "10.00"), "5.00", ("26.25", "8.75"), id="in proportion"),
        pytest.param(("30.00", "10.00"), "0.00", ("30.00", "10.00"), id="no discount"),
        pytest.param(("1.00", "1.00", "1.00"), "0.01", ("0.99", "1.00", "1.00"), id="one fen"),
        pytest.param(("0.00", "9.90"), "9.90", ("0.00", "0.00"), id="all of it"),
    ],
)
def test_a_discount_is_borne_by_the_lines_to_the_fen(prices, discount, shares):
    bought = paid(dict(enumerate(map(D, prices))), D(discount), D("8.00"))

    assert tuple(bought.lines.values()) == tuple(map(D, shares))
    assert bought.freight == D("8.00")


@pytest.mark.parametrize(
    ("lines", "freight", "held"),
    [
        pytest.param({1: "5.00"}, "1.00", True, id="all there is"),
        pytest.param({1: "5.01"}, "0.00", False, id="more than the line"),
        pytest.param({1: "-0.01"}, "0.00", False, id="less than nothing"),
        pytest.param({2: "0.01"}, "0.00", False, id="a line of another order"),
        pytest.param({}, "1.01", False, id="more than the freight"),
    ],
)
def test_shares_hold_what_is_there(lines, freight, held):
    asked = Shares({line: D(amount) for line, amount in lines.items()}, D(freight))

    assert Shares({1: D("5.00")}, D("1.00")).holds(asked) is held


def an_order(shop_name="样例粮铺", **changes):
    """A paid order of two bags and a box for ¥30.00, with freight."""
    of = shop.seller(shop_name, fee="8.00")
    bought = shop.buy(
        shop.product(of, price="10.00", grams=500), shop.product(of, "示例苹果", price="30.00", grams=500), **changes
    )
    if not changes:
        payments.complete(attempt=bought.attempts.get(), at=timezone.now())
    return bought.orders.get()


def give_back(order, amounts, freight="0.00", cause="case:1"):
    return payments.refund_lines(
        order=order,
        amounts={line: D(amount) for line, amount in amounts.items()},
        freight=D(freight),
        cause=cause,
        by=None,
        at=timezone.now(),
    )


@pytest.mark.django_db
class TestRefundLines:
    def test_notes_what_falls_to_each_line(self):
        order = an_order()
        bag, box = order.lines.order_by("id")

        refund = give_back(order, {bag.pk: "2.50", box.pk: "30.00"}, freight="1.00")

        assert refund.amount == D("33.50")
        assert dict(refund.lines.values_list("line", "amount")) == {bag.pk: D("2.50"), box.pk: D("30.00")}
        assert refundable(order) == Shares({bag.pk: D("7.50"), box.pk: D("0.00")}, order.freight - 1)

    def test_answers_a_repeated_cause_with_the_first_refund(self):
        order = an_order()
        bag = order.lines.order_by("id")[0]

        first = give_back(order, {bag.pk: "2.50"})

        assert give_back(order, {bag.pk: "9.99"}) == first
        assert Refund.objects.get().amount == D("2.50")

    @pytest.mark.parametrize(
        ("amount", "freight"),
        [("10.01", "0.00"), ("-1.00", "2.00"), ("0.00", "0.00"), ("1.00", "99.00")],
        ids=["more than the line", "a line turned round", "no money", "more than the freight"],
    )
    def test_is_refused_whole(self, amount, freight):
        order = an_order()
        bag = order.lines.order_by("id")[0]

        with pytest.raises(payments.RefundRefused):
            give_back(order, {bag.pk: amount}, freight)
        assert not Refund.objects.exists()

    def test_counts_what_was_given_before(self):
        order = an_order()
        bag = order.lines.order_by("id")[0]
        give_back(order, {bag.pk: "6.00"}, cause="first")

        with pytest.raises(payments.RefundRefused, match="exceed"):
            give_back(order, {bag.pk: "4.01"}, cause="second")

    def test_is_refused_for_a_line_of_another_order(self):
        order, other = an_order(), an_order("另一家")

        with pytest.raises(payments.RefundRefused):
            give_back(order, {other.lines.first().pk: "1.00"})

    def test_takes_a_discount_of_the_order_off_its_lines(self):
        order = an_order()
        order.discount, order.total_incl_tax = D("4.00"), order.total - D("4.00")
        order.save()

        assert tuple(paid_for(order).lines.values()) == (D("9.00"), D("27.00"))

    def test_needs_money_that_came(self):
        order = an_order(payment_method="transfer")

        with pytest.raises(payments.RefundRefused, match="not paid"):
            give_back(order, {order.lines.first().pk: "1.00"})

    def test_takes_cash_for_paid_once_the_parcel_was_received(self):
        order = an_order(payment_method="cash")
        orders.ship(order=order, carrier="shunfeng", tracking_number="SF1234567890", by=None, at=timezone.now())
        orders.confirm_receipt(order=order, by=None, at=timezone.now())

        assert give_back(order, {order.lines.first().pk: "1.00"}).attempt.provider == "cash"

    def test_leaves_the_rest_to_a_cancelled_order(self):
        order = an_order()
        bag, box = order.lines.order_by("id")
        give_back(order, {bag.pk: "2.50"})

        payments.cancel_order(order=order, by=None, at=timezone.now())

        assert dict(Refund.objects.last().lines.values_list("line", "amount")) == {bag.pk: D("7.50"), box.pk: D("30")}
        assert sum(Refund.objects.values_list("amount", flat=True)) == order.total


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_refund_for_one_cause(self):
        order = an_order()
        bag = order.lines.order_by("id")[0]

        shop.at_once([partial(give_back, order, {bag.pk: "2.50"})] * 20, workers=20)

        assert Refund.objects.get().amount == D("2.50")

    def test_never_more_than_was_paid_whatever_the_causes(self):
        order = an_order()
        bag = order.lines.order_by("id")[0]

        calls = [partial(give_back, order, {bag.pk: "3.00"}, cause=f"case:{n}") for n in range(12)]
        answers = shop.at_once(calls, workers=12)

        assert sum(isinstance(answer, payments.RefundRefused) for answer in answers) == 9
        assert sum(Refund.objects.values_list("amount", flat=True)) == D("9.00")
