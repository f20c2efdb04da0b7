"""Who bears a discount: what the ledger holds after sales, refunds in parts, and after the payout."""

from decimal import Decimal as D

import pytest
from django.utils import timezone

from marketplace.checkout import actions as checkout
from marketplace.order import actions as orders
from marketplace.payment import actions as payments
from marketplace.payment.models import PaymentAttempt
from marketplace.payment.reconciliation import Kind, differences, repairs
from marketplace.promotions import vouchers
from marketplace.promotions.models import Promotion
from marketplace.settlement import payouts, release
from marketplace.settlement.models import CommissionRate, LineTerms
from tests import money, promos, shop
from tests.cases import ZTO, refunded_in_full

pytestmark = pytest.mark.django_db


def place(sellers_own, platforms, *goods):
    """Both promotions, by code, on one purchase; paid."""
    shop.country()
    basket = shop.basket(*goods)
    for code in (sellers_own, platforms):
        vouchers.enter(basket=basket, code=code, at=timezone.now())
    purchase = checkout.place_purchase(**shop.order_form(basket))
    payments.complete(attempt=purchase.attempts.get(), at=timezone.now())
    return purchase


@pytest.fixture
def first():
    return shop.seller("甲样例店", fee="8.00")


@pytest.fixture
def second():
    return shop.seller("乙样例店")


@pytest.fixture
def bought(first, second):
    """The example of docs/money.md §4: A's voucher of ¥10.00, the platform's of ¥20.00, 3 % and 5 %."""
    CommissionRate.objects.create(scope="platform", percent=D("5.00"))
    CommissionRate.objects.create(scope="seller", seller=first, percent=D("3.00"))
    promos.promotion(first, code="RICE10", off="10.00", max_uses=5)
    promos.promotion(None, code="NEW20", off="20.00", budget=100)
    return place(
        "RICE10",
        "NEW20",
        shop.product(first, "样例米", price="119.80", gross_weight_g=700),
        shop.product(first, "样例小米", price="39.90", gross_weight_g=100),
        shop.product(second, "样例蜜", price="52.80"),
    )


def lines_of(purchase):
    """A1, A2, B1 as the document calls them."""
    return [terms.line for terms in LineTerms.objects.select_related("line__order").order_by("line__product_id")]


def refund(line, amount, cause):
    payments.refund_lines(order=line.order, amounts={line.pk: D(amount)}, cause=cause, by=None, at=timezone.now())


def pay_out(order, seller):
    """Sent, received, the guard time over, paid through the bank."""
    now = timezone.now()
    orders.ship(order=order, carrier="shunfeng", tracking_number="SF1234567890", by=None, at=now)
    orders.confirm_receipt(order=order, by=None, at=now)
    release.release_ripe(now + timezone.timedelta(days=8))
    payout = payouts.begin(seller=money.give_account(seller), by=None, at=now)
    payouts.export(by=None, at=now)
    payout.refresh_from_db()
    payouts.arrive(payout=payout, reference="R-1", by=None, at=now)


ALL_BACK = {"buyers": "190.50", "clearing demo": "-190.50"}
"""Everything is owed to the buyer, and nobody has gained or lost."""


class TestTheWorkedExampleBought:
    def test_posts_what_the_document_says(self, bought):
        assert money.books() == {
            "clearing demo": "-190.50",
            "held 甲样例店": "153.21",
            "held 乙样例店": "50.16",
            "commission": "7.13",
            "promotion": "-20.00",
        }

    def test_costs_the_seller_her_own_discount_and_nothing_of_the_platforms(self, bought):
        shares = {terms.line.title: terms.share.share for terms in LineTerms.objects.select_related("line")}

        assert shares == {"样例米": 10893, "样例小米": 3628, "样例蜜": 5016}

    def test_brings_promotion_and_commission_back_with_refunds_in_parts(self, bought):
        a1, a2, _b1 = lines_of(bought)

        refund(a2, "33.71", "r1")
        refund(a1, "20.00", "r2")

        held = D("153.21") - D("36.28") - D("21.52")
        assert money.holds("held", lines_of(bought)[0].order.seller) == str(held)
        assert (money.holds("commission"), money.holds("promotion")) == ("5.34", "-14.12")
        assert money.all_adds_up()

    @pytest.mark.parametrize("step", ["1.00", "13.37", "101.21"])
    def test_gives_everything_back_in_any_number_of_parts(self, bought, step):
        for number, line in enumerate(lines_of(bought)):
            left = line.line_price_incl_tax
            while left:
                part = min(left, max(D(step), D("7.00")))
                refund(line, part, f"r{number}-{left}")
                left -= part
        payments.refund_lines(
            order=bought.orders.get(seller__name="甲样例店"),
            amounts={},
            freight=D("8.00"),
            cause="freight",
            by=None,
            at=timezone.now(),
        )

        assert money.books() == ALL_BACK

    def test_closes_to_nothing_when_it_is_cancelled(self, bought):
        for order in bought.orders.order_by("id"):
            payments.cancel_order(order=order, by=None, at=timezone.now())

        assert money.books() == ALL_BACK
        assert set(Promotion.objects.values_list("used", "given_fen")) == {(0, 0)}

    @pytest.mark.parametrize("sent", [False, True], ids=["unsent", "sent"])
    def test_gives_the_platforms_discount_back_with_a_case_of_everything(self, bought, sent):
        """A line the platform paid for altogether lies beside lines the buyer paid for."""
        seller = shop.seller("丙样例店")
        free, paid = shop.product(seller, "样例盐", price="5.00"), shop.product(seller, "样例油", price="30.00")
        promos.promotion(None, off="5.00", reach="products", products=[free])
        books = money.books()
        purchase = shop.buy(free, paid)
        payments.complete(attempt=purchase.attempts.get(), at=timezone.now())
        order = purchase.orders.get()
        assert LineTerms.objects.get(line__order=order, line__product=free).share.paid == 0
        if sent:
            orders.ship(order=order, by=None, at=timezone.now(), **ZTO)
            order.refresh_from_db()

        refunded_in_full(order)

        assert order.status == "closed" and money.all_adds_up()
        assert money.books() == books | {"buyers": "30.00", "clearing demo": "-220.50"}

    def test_reconciles(self, bought):
        refund(lines_of(bought)[0], "20.00", "r1")

        assert list(differences(timezone.now())) == []


class TestAfterThePayout:
    """Steps 2 to 6 of the document's table."""

    def test_becomes_a_debt_that_bears_promotion_and_commission_pro_rata(self, bought, first):
        a1, a2, _b1 = lines_of(bought)
        pay_out(a1.order, first)

        refund(a2, "33.71", "r1")
        refund(a1, "20.00", "r2")

        assert money.holds("debt", first) == "-57.80"
        assert (money.holds("commission"), money.holds("promotion")) == ("5.34", "-14.12")
        assert money.holds("clearing", place="bank") == "153.21"
        assert money.all_adds_up()


class TestAFaultPlantedByHand:
    @pytest.mark.parametrize(
        ("plant", "kind"),
        [
            (lambda order: Promotion.objects.update(used=3), Kind.PROMOTION_USES),
            (lambda order: Promotion.objects.update(given_fen=1), Kind.PROMOTION_USES),
            (lambda order: order.promotion_discounts.update(amount=D("1.00")), Kind.PROMOTION_DISCOUNT),
            (lambda order: LineTerms.objects.update(platform_discount_fen=0), Kind.PROMOTION_DISCOUNT),
        ],
        ids=["a use too many", "an amount", "a promotion's part", "a line's part"],
    )
    def test_is_found(self, bought, plant, kind):
        plant(bought.orders.order_by("id").first())

        assert kind in {each.kind for each in differences(timezone.now())}

    def test_in_the_counting_is_mended_and_one_beyond_the_limit_left_to_a_person(self, bought):
        mended, beyond = Promotion.objects.order_by("pk")
        Promotion.objects.filter(pk=mended.pk).update(used=0, given_fen=0, max_uses=9, budget=None)
        Promotion.objects.filter(pk=beyond.pk).update(used=0, given_fen=0, max_uses=None, budget=1)

        assert repairs.count_uses(by=None) == 1

        mended.refresh_from_db()
        assert (mended.used, D(mended.given_fen) / 100) == (1, mended.uses.get().saved)
        assert [each.subject for each in differences(timezone.now())] == [str(beyond)]


class TestASecondPurchase:
    def test_adds_up_as_well_and_pays_out_whole(self, bought, first):
        again = place(
            "RICE10", "NEW20", shop.product(first, "样例豆", price="33.33"), shop.product(first, "样例枣", price="0.07")
        )

        for purchase in (bought, again):
            paid = PaymentAttempt.objects.get(purchase=purchase).amount
            assert paid == purchase.total == sum(order.total for order in purchase.orders.all())
        discounts = [
            (t.own_discount_fen, t.platform_discount_fen)
            for t in LineTerms.objects.filter(line__order__purchase=again).order_by("pk")
        ]
        assert [sum(column) for column in zip(*discounts, strict=True)] == [1000, 2000]
        assert money.holds("promotion") == "-40.00"
        assert money.all_adds_up()
