"""Promotions in a purchase: what the buyer pays, what is frozen, how uses are counted and given back."""

from decimal import Decimal as D
from functools import partial

import pytest
from django.utils import timezone

from marketplace.checkout import actions as checkout
from marketplace.checkout.pricing import price_basket
from marketplace.order import actions as orders
from marketplace.order.models import Purchase
from marketplace.payment import actions as payments
from marketplace.promotions import actions, vouchers
from marketplace.promotions.models import Promotion, Use
from marketplace.settlement.models import LineTerms
from tests import promos, shop
from tests.cases import ZTO, refunded_in_full

pytestmark = pytest.mark.django_db


def enter(basket, *codes):
    for code in codes:
        vouchers.enter(basket=basket, code=code, at=timezone.now())
    return basket


def place(basket, **changes):
    shop.country()
    return checkout.place_purchase(**shop.order_form(basket, **changes))


@pytest.fixture
def two_sellers():
    """Rice ¥119.80 and millet ¥39.90 of the first with ¥8.00 freight, honey ¥52.80 of the second."""
    first, second = shop.seller("甲样例店", fee="8.00"), shop.seller("乙样例店")
    goods = [
        shop.product(first, "样例米", price="119.80", gross_weight_g=700),
        shop.product(first, "样例小米", price="39.90", gross_weight_g=100),
        shop.product(second, "样例蜜", price="52.80"),
    ]
    return first, second, goods


class TestBothPayersTogether:
    """The example of docs/money.md §4, bought."""

    @pytest.fixture
    def purchase(self, two_sellers):
        first, _second, goods = two_sellers
        promos.promotion(first, code="RICE10", off="10.00")
        promos.promotion(None, code="NEW20", off="20.00")
        return place(enter(shop.basket(*goods), "RICE10", "NEW20"))

    def test_the_buyer_pays_to_the_fen_what_the_orders_say(self, purchase):
        orders = purchase.orders.order_by("seller_id")

        assert purchase.total == sum(order.total for order in orders) == D("190.50")
        assert [order.discount for order in orders] == [D("24.78"), D("5.22")]
        assert purchase.attempts.get().amount == D("190.50")

    def test_each_line_keeps_who_took_what_off(self, purchase):
        rows = LineTerms.objects.order_by("line").values_list("own_discount_fen", "platform_discount_fen")

        assert list(rows) == [(750, 1109), (250, 369), (0, 522)]

    def test_lines_cost_what_is_left(self, purchase):
        orders = purchase.orders.order_by("seller_id").prefetch_related("lines")
        lines = sorted((line for order in orders for line in order.lines.all()), key=lambda line: line.product_id)

        assert [line.line_price_incl_tax for line in lines] == [D("101.21"), D("33.71"), D("47.58")]
        assert payments.paid_for(lines[0].order).total == lines[0].order.total

    def test_each_use_says_what_it_took_off_which_order(self, purchase):
        mine, platform = purchase.promotion_uses.order_by("promotion_id")

        assert (mine.saved, platform.saved) == (D("10.00"), D("20.00"))
        assert [row.amount for row in mine.discounts.all()] == [D("10.00")]
        assert [row.amount for row in platform.discounts.all()] == [D("14.78"), D("5.22")]


class TestAQuote:
    def test_without_promotions_asks_nothing_more(self, two_sellers, django_assert_num_queries):
        basket = shop.basket(*two_sellers[2])
        promos.promotion(shop.seller("别家样例店"), off="5.00")
        promos.promotion(None, code="NOBODY", off="5.00")
        with django_assert_num_queries(4):
            assert price_basket(basket, "23").discount == 0

    def test_asks_the_same_for_one_line_and_for_three(self, two_sellers, django_assert_num_queries):
        first, _second, goods = two_sellers
        promos.promotion(first, off="5.00")
        for basket in (shop.basket(goods[0]), shop.basket(*goods)):
            with django_assert_num_queries(7):
                assert price_basket(basket, "23").discount == D("5.00")

    def test_takes_an_offer_off_by_itself(self, two_sellers):
        first, _second, goods = two_sellers
        promos.promotion(first, percent="10", most=D("15.00"))

        quote = price_basket(shop.basket(*goods), "23")

        assert quote.discount == D("15.00")
        assert [group.subtotal for group in quote.groups] == [D("152.70"), D("52.80")]
        assert [saving.amount for saving in quote.promoted.savings] == [D("15.00")]

    def test_counts_a_pack_as_the_product_that_was_chosen(self, two_sellers):
        first, _second, goods = two_sellers
        promos.promotion(first, off="5.00", reach="products", products=[goods[1]])

        quote = price_basket(shop.basket(*goods), "23")

        assert [line.discount for line in quote.lines] == [0, D("5.00"), 0]

    def test_can_come_to_nothing(self, two_sellers):
        _first, second, goods = two_sellers
        promos.promotion(second, percent="100")

        purchase = place(shop.basket(goods[2]))

        assert (purchase.total, purchase.orders.get().status) == (D("0.00"), "awaiting_shipment")

    @pytest.mark.parametrize(
        ("terms", "word"),
        [
            ({"minimum": D("500.00")}, "340.30"),
            ({"reach": "products"}, "不适用"),
        ],
        ids=["from an amount", "other goods"],
    )
    def test_says_why_a_voucher_does_nothing(self, two_sellers, terms, word):
        first, _second, goods = two_sellers
        promos.promotion(first, code="RICE10", off="10.00", **terms)

        quote = price_basket(enter(shop.basket(*goods), "RICE10"), "23")

        assert quote.discount == 0
        assert word in quote.promoted.entered[0].why

    def test_says_that_another_one_is_better(self, two_sellers):
        first, _second, goods = two_sellers
        promos.promotion(first, code="RICE10", off="10.00")
        promos.promotion(first, off="11.00")

        quote = price_basket(enter(shop.basket(*goods), "RICE10"), "23")

        assert quote.discount == D("11.00")
        assert "更" in quote.promoted.entered[0].why


class TestEntering:
    @pytest.mark.parametrize(
        ("terms", "code"),
        [
            ({}, "OTHER"),
            ({}, ""),
            ({}, "<script>alert(1)</script>"),
            ({}, "x" * 500),
            ({"days": (-9, -1)}, "RICE10"),
            ({"days": (1, 9)}, "RICE10"),
            ({"max_uses": 1, "used": 1}, "RICE10"),
            ({"state": "paused"}, "RICE10"),
            ({"state": "ended"}, "RICE10"),
        ],
        ids=["unknown", "empty", "script", "long", "over", "not yet", "used up", "paused", "ended"],
    )
    def test_is_refused_with_words(self, two_sellers, terms, code):
        promos.promotion(two_sellers[0], code="RICE10", off="10.00", **terms)
        basket = shop.basket(*two_sellers[2])

        with pytest.raises(vouchers.CannotEnter) as refusal:
            enter(basket, code)

        assert refusal.value.for_people
        assert not basket.entered_codes.exists()

    @pytest.mark.parametrize("typed", ["rice10", " RICE 10 ", "ＲＩＣＥ１０"])
    def test_reads_a_code_as_people_type_it(self, two_sellers, typed):
        promos.promotion(two_sellers[0], code="Rice10", off="10.00")

        assert enter(shop.basket(*two_sellers[2]), typed).entered_codes.count() == 1

    def test_twice_is_once(self, two_sellers):
        promos.promotion(two_sellers[0], code="RICE10", off="10.00")

        basket = enter(shop.basket(*two_sellers[2]), "RICE10", "RICE10")

        assert price_basket(basket, "23").discount == D("10.00")
        assert basket.entered_codes.count() == 1

    def test_moves_with_the_goods_into_another_basket(self, two_sellers):
        promos.promotion(two_sellers[0], code="RICE10", off="10.00")
        guest, mine = enter(shop.basket(*two_sellers[2]), "RICE10"), enter(shop.basket(), "RICE10")

        vouchers.move(of=guest, to=mine)

        assert mine.entered_codes.count() == 1


class TestMaking:
    def test_refuses_another_sellers_product(self, two_sellers):
        first, _second, goods = two_sellers

        with pytest.raises(actions.CannotMake):
            promos.promotion(first, off="5.00", reach="products", products=[goods[2]])

        assert not Promotion.objects.exists()

    def test_refuses_a_code_that_is_taken_however_it_is_written(self, two_sellers):
        promos.promotion(two_sellers[0], code="RICE10", off="5.00")

        with pytest.raises(actions.CannotMake):
            promos.promotion(None, code="rice10", off="5.00")

    def test_lets_there_be_many_offers_without_a_code(self, two_sellers):
        assert promos.promotion(None, off="5.00").pk != promos.promotion(None, off="5.00").pk


class TestUses:
    def bought(self, two_sellers, **terms):
        self.promotion = promos.promotion(two_sellers[0], off="10.00", **terms)
        return place(shop.basket(*two_sellers[2]))

    def left(self):
        self.promotion.refresh_from_db()
        return self.promotion.used, self.promotion.given_fen

    def test_are_counted_where_there_is_a_limit(self, two_sellers):
        self.bought(two_sellers, max_uses=3)

        assert self.left() == (1, 1000)

    def test_lock_no_row_where_there_is_none(self, two_sellers):
        self.bought(two_sellers)

        assert self.left() == (0, 0)
        assert self.promotion.uses.count() == 1

    def test_end_with_the_budget(self, two_sellers):
        self.bought(two_sellers, budget=15)

        assert place(shop.basket(*two_sellers[2])).promotion_uses.count() == 0

    @pytest.mark.parametrize("method", ["demo", "cash"])
    def test_come_back_when_the_purchase_is_given_up(self, two_sellers, method):
        self.promotion = promos.promotion(two_sellers[0], off="10.00", max_uses=3)
        purchase = place(shop.basket(*two_sellers[2]), payment_method=method)
        if method == "demo":
            payments.cancel_purchase(purchase=purchase, by=None, at=timezone.now())
        else:
            for order in purchase.orders.all():
                payments.cancel_order(order=order, by=None, at=timezone.now())

        assert self.left() == (0, 0)

    def test_come_back_when_nobody_paid_in_time(self, two_sellers):
        purchase = self.bought(two_sellers, max_uses=3)

        payments.close_if_overdue(purchase=purchase, at=purchase.pay_by)

        assert self.left() == (0, 0)
        assert Use.objects.get().returned_at

    def test_stay_while_one_order_they_cut_goes_on(self, two_sellers):
        self.promotion = promos.promotion(None, off="10.00", max_uses=3)
        purchase = place(shop.basket(*two_sellers[2]))
        payments.complete(attempt=purchase.attempts.get(), at=timezone.now())
        first, second = purchase.orders.order_by("id")

        payments.cancel_order(order=first, by=None, at=timezone.now())
        assert self.left() == (1, 1000)
        payments.cancel_order(order=second, by=None, at=timezone.now())
        assert self.left() == (0, 0)

    @pytest.mark.parametrize(("sent", "left"), [(False, (0, 0)), (True, (1, 1000))], ids=["unsent", "sent"])
    def test_come_back_with_a_refund_of_everything_before_it_was_sent(self, two_sellers, sent, left):
        self.promotion = promos.promotion(two_sellers[0], off="10.00", max_uses=3)
        purchase = place(shop.basket(two_sellers[2][0]))
        payments.complete(attempt=purchase.attempts.get(), at=timezone.now())
        order = purchase.orders.get()
        if sent:
            orders.ship(order=order, by=None, at=timezone.now(), **ZTO)
            order.refresh_from_db()

        refunded_in_full(order)

        assert (order.status, self.left()) == ("closed", left)

    def test_stay_spent_where_one_order_was_sent_before_all_closed(self, two_sellers):
        self.promotion = promos.promotion(None, off="10.00", max_uses=3)
        purchase = place(shop.basket(*two_sellers[2]))
        payments.complete(attempt=purchase.attempts.get(), at=timezone.now())
        first, second = purchase.orders.order_by("id")
        orders.ship(order=first, by=None, at=timezone.now(), **ZTO)
        first.refresh_from_db()
        refunded_in_full(first)

        payments.cancel_order(order=second, by=None, at=timezone.now())

        assert self.left() == (1, 1000)

    def test_of_one_buyer_end_with_her_limit(self, two_sellers, django_user_model):
        owner = django_user_model.objects.create_user(mobile="13900000001")
        promos.promotion(two_sellers[0], off="10.00", max_per_buyer=1)
        place(shop.basket(two_sellers[2][0], owner=owner))

        assert price_basket(shop.basket(two_sellers[2][0], owner=owner), "23").discount == 0
        assert price_basket(shop.basket(two_sellers[2][0]), "23").discount == D("10.00")

    def test_of_a_guest_are_counted_by_her_number(self, two_sellers):
        promos.promotion(two_sellers[0], off="10.00", max_per_buyer=1)
        place(shop.basket(two_sellers[2][0]))

        with pytest.raises(checkout.LookAgain) as refusal:
            place(shop.basket(two_sellers[2][0]))

        assert refusal.value.quote.discount == 0
        again = place(shop.basket(two_sellers[2][0]), seen=refusal.value.quote.fingerprint)
        assert again.promotion_uses.count() == 0
        assert shop.HOME.mobile not in Use.objects.get().buyer

    def test_of_a_buyer_are_hers_again_when_she_gives_up(self, two_sellers):
        purchase = self.bought(two_sellers, max_per_buyer=1)
        payments.cancel_purchase(purchase=purchase, by=None, at=timezone.now())

        assert place(shop.basket(*two_sellers[2])).promotion_uses.get().nth == 1


class TestAChange:
    def test_between_looking_and_pressing_is_shown_before_anything_is_ordered(self, two_sellers):
        promotion = promos.promotion(two_sellers[0], off="10.00")
        form = shop.order_form(shop.basket(*two_sellers[2]))
        actions.move(promotion=promotion, name="pause", by=None, at=timezone.now())
        shop.country()

        with pytest.raises(checkout.LookAgain) as refusal:
            checkout.place_purchase(**form)

        assert refusal.value.quote.discount == 0
        assert not Purchase.objects.exists()

    def test_of_the_last_use_in_the_same_moment_too(self, two_sellers, monkeypatch):
        promos.promotion(two_sellers[0], off="10.00", max_uses=1)
        form = shop.order_form(shop.basket(*two_sellers[2]))
        shop.country()
        reserve = checkout.reserve

        def somebody_was_quicker(quote):
            reserve(quote)
            Promotion.objects.update(used=1)

        purchases_when_priced = []

        def watched(*args, **options):
            if purchases_when_priced:
                Promotion.objects.update(used=1)  # what somebody else did stays when this purchase is undone
            purchases_when_priced.append(Purchase.objects.count())
            return price_basket(*args, **options)

        monkeypatch.setattr(checkout, "reserve", somebody_was_quicker)
        monkeypatch.setattr(checkout, "price_basket", watched)
        with pytest.raises(checkout.LookAgain) as refusal:
            checkout.place_purchase(**form)

        assert "样例优惠" in refusal.value.for_people[0]
        assert purchases_when_priced == [0, 0]
        assert refusal.value.quote.discount == 0
        assert not Use.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_fifty_buyers_and_ten_uses(self):
        promotion = promos.promotion(None, off="10.00", max_uses=10)
        goods = shop.product(shop.seller(), stock=500)
        shop.country()
        forms = [shop.order_form(shop.basket(goods)) for _buyer in range(50)]

        answers = shop.at_once([partial(checkout.place_purchase, **form) for form in forms])

        assert sum(isinstance(answer, Purchase) for answer in answers) == Use.objects.count() == 10
        assert sum(isinstance(answer, checkout.LookAgain) for answer in answers) == 40
        promotion.refresh_from_db()
        assert (promotion.used, promotion.given_fen) == (10, 10_000)

    def test_one_buyer_with_many_baskets_uses_hers_once(self):
        promos.promotion(None, off="10.00", max_per_buyer=1)
        goods = shop.product(shop.seller(), stock=500)
        shop.country()
        forms = [shop.order_form(shop.basket(goods)) for _basket in range(20)]

        answers = shop.at_once([partial(checkout.place_purchase, **form) for form in forms])

        assert {type(answer) for answer in answers} == {Purchase, checkout.LookAgain}
        assert Use.objects.count() == Purchase.objects.count() == 1

    def test_giving_up_twice_at_once_returns_one_use(self):
        promotion = promos.promotion(None, off="10.00", max_uses=10)
        goods = shop.product(shop.seller(), stock=500)
        first, _second = shop.buy(goods), shop.buy(goods)

        shop.at_once([partial(payments.cancel_purchase, purchase=first, by=None, at=timezone.now())] * 8)

        promotion.refresh_from_db()
        assert (promotion.used, promotion.given_fen) == (1, 1000)
