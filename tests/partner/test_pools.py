"""Loose goods that several packs are filled from: never more than there is, and back again when they come back."""

from decimal import Decimal
from functools import partial
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.catalogue.models import Listing, Product
from marketplace.checkout import actions as checkout
from marketplace.checkout.pricing import price_basket
from marketplace.order import actions as orders
from marketplace.order.models import Line, Purchase
from marketplace.partner import actions, stock
from marketplace.partner.models import StockPool, StockRecord
from marketplace.payment.reconciliation import checks, repairs
from marketplace.payment.reconciliation.differences import Kind
from tests import shop

pytestmark = pytest.mark.django_db


def pool(seller, kg):
    return actions.make_pool(seller=seller, name="散装大米", grams=int(kg * 1000), by=None)


def filled(heap, *kilos, own=10):
    """Packs of so many kilograms, filled from a pool."""
    packs = []
    for kg in kilos:
        good = shop.product(heap.seller, f"{kg} 公斤米", grams=int(kg * 1000), stock=own)
        actions.fill_from(record=good.stockrecords.get(), pool=heap, by=None)
        packs.append(Product.objects.get(pk=good.pk))
    return packs


def left(heap):
    """Kilograms that are there and kilograms that are free."""
    heap.refresh_from_db()
    return heap.grams / 1000, heap.grams_free / 1000


def available(*packs):
    return [Product.objects.get(pk=pack.pk).available for pack in packs]


def differences():
    return {difference.kind for difference in checks.differences(since=timezone.now())}


@pytest.fixture
def seller():
    return shop.seller()


class TestPacksOfOnePool:
    def test_take_from_each_other(self, seller):
        packs = filled(pool(seller, 20), 2.5, 5, 10)
        assert available(*packs) == [8, 4, 2]

        shop.buy(packs[2])

        assert available(*packs) == [4, 2, 1]

    def test_say_nothing_is_left_of_a_pack_heavier_than_the_rest(self, seller):
        ten, five = filled(pool(seller, 7), 10, 5)

        assert available(ten, five) == [0, 1]
        assert not Listing.objects.get(pk=ten.pk).is_in_stock
        assert Listing.objects.get(pk=five.pk).is_in_stock
        assert stock.StockRecord.objects.get(product=ten).is_low

    def test_are_refused_together_when_one_of_them_does_not_fit(self, seller):
        ten, five = filled(pool(seller, 14), 10, 5)
        basket = shop.basket(ten, five)
        shop.country()

        with pytest.raises(checkout.LookAgain):
            checkout.place_purchase(**shop.order_form(basket))

        assert left(StockPool.objects.get()) == (14, 14)
        assert not StockRecord.objects.filter(num_allocated__gt=0).exists()

    def test_cost_no_more_queries_than_packs_with_a_stock_of_their_own(self, seller):
        one, *_more = filled(pool(seller, 20), 2.5, 5, 10)
        counts = []
        for basket in (shop.basket(shop.product(seller)), shop.basket(one)):
            with CaptureQueriesContext(connection) as queries:
                assert price_basket(basket, "23").lines[0].product.available
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_correct_the_lists_of_all_that_share_it(self, seller, django_capture_on_commit_callbacks):
        ten, five = filled(pool(seller, 10), 10, 5)

        with django_capture_on_commit_callbacks(execute=True):
            shop.buy(five)

        assert not Listing.objects.get(pk=ten.pk).is_in_stock
        assert Listing.objects.get(pk=five.pk).is_in_stock

    def test_of_the_heaviest_kind_and_many_of_them_are_counted_too(self, seller):
        (tonne,) = filled(pool(seller, 1000), 1000)
        StockRecord.objects.update(low_stock_threshold=9999, num_allocated=9999)
        StockPool.objects.update(grams=9_999_000_000, grams_allocated=9_999_000_000)

        assert StockRecord.objects.low().get().product == tonne
        assert Kind.POOL_PROMISED not in differences()


class TestGoodsThatComeBack:
    def test_from_an_order_that_was_cancelled(self, seller):
        heap = pool(seller, 20)
        (five,) = filled(heap, 5)
        purchase = shop.buy(five, quantity=3)
        assert left(heap) == (20, 5)

        orders.give_back(purchase.orders.get().lines.all())

        assert left(heap) == (20, 20)

    def test_leave_with_a_parcel_and_return_when_it_was_a_mistake(self, seller):
        heap = pool(seller, 20)
        (five,) = filled(heap, 5)
        line = stock.Wanted(five.stock.pk, 2, five.price)
        stock.reserve([line])

        stock.hand_over([line])
        assert left(heap) == (10, 10)
        stock.take_back([line])
        assert left(heap) == (20, 10)

    def test_are_for_sale_again_when_a_buyer_sent_them_back(self, seller):
        heap = pool(seller, 20)
        (five,) = filled(heap, 5)

        stock.take_out([stock.Wanted(five.stock.pk, 2)])
        assert left(heap) == (10, 10)
        stock.put_back([stock.Wanted(five.stock.pk, 2)])
        assert left(heap) == (20, 20)

    def test_cannot_be_taken_out_where_there_are_too_few(self, seller):
        (five,) = filled(pool(seller, 7), 5)

        with pytest.raises(stock.NotEnough), transaction.atomic():
            stock.take_out([stock.Wanted(five.stock.pk, 2)])

        assert left(StockPool.objects.get()) == (7, 7)


class TestJoiningAndLeaving:
    def test_takes_what_is_promised_along(self, seller):
        five = shop.product(seller, stock=10)
        shop.buy(five, quantity=2)
        heap = pool(seller, 20)

        actions.fill_from(record=five.stockrecords.get(), pool=heap, by=None)
        assert left(heap) == (30, 20)
        actions.fill_from_own(record=five.stockrecords.get(), by=None)

        record = five.stockrecords.get()
        assert left(heap) == (20, 20)
        assert (record.num_in_stock, record.num_allocated, record.free) == (2, 2, 0)
        assert Kind.POOL_PROMISED not in differences()

    def test_twice_changes_only_the_price(self, seller):
        heap = pool(seller, 20)
        (five,) = filled(heap, 5)
        shop.buy(five)

        actions.fill_from(record=five.stock, pool=heap, price=Decimal("39.90"), by=None)

        assert left(heap) == (20, 15)
        assert five.stockrecords.get().price == Decimal("39.90")

    def test_is_undone_by_the_way_back_of_the_migration_and_keeps_what_is_promised(self, seller):
        """The whole way back takes a minute; these are the rows that stood in it."""
        (five, _ten) = filled(pool(seller, 20), 5, 10)
        shop.buy(five, quantity=2)
        back = import_module("marketplace.partner.migrations.0009_pools_and_supply_grants")

        back.give_packs_stock_of_their_own(apps, None)

        numbers = StockRecord.objects.order_by("pk").values_list("pool", "num_in_stock", "num_allocated")
        assert list(numbers) == [(None, 2, 2), (None, 0, 0)]

    def test_of_a_pack_whose_weight_is_unknown_is_refused(self, seller):
        good = shop.product(seller, grams=None)

        with pytest.raises(actions.CannotSupply):
            actions.fill_from(record=good.stockrecords.get(), pool=pool(seller, 5), by=None)

    def test_of_a_pool_of_somebody_else_is_refused(self, seller):
        others = pool(shop.seller("别家样例店"), 20)

        with pytest.raises(actions.CannotSupply):
            actions.fill_from(record=shop.product(seller).stockrecords.get(), pool=others, by=None)

    def test_follows_a_pack_that_weighs_something_else_by_now(self, seller):
        heap = pool(seller, 20)
        (five,) = filled(heap, 5)
        shop.buy(five, quantity=2)
        Product.objects.filter(pk=five.pk).update(net_weight_g=4000)

        actions.follow_weight(record=five.stockrecords.get())

        assert left(heap) == (18, 10)
        assert five.stockrecords.get().pool_grams == 4000
        assert Kind.POOL_PROMISED not in differences()

    def test_leaves_a_count_nobody_touched_alone(self, seller):
        heap = pool(seller, 20)
        (five,) = filled(heap, 5)
        shop.buy(five)

        assert not actions.count_pool(pool=heap, free=20_000, seen=20_000, by=None)
        assert actions.count_pool(pool=heap, free=30_000, seen=15_000, by=None)
        assert left(heap) == (35, 30)


class TestTheDatabaseItself:
    def test_refuses_to_promise_more_than_there_is(self, seller):
        heap = pool(seller, 5)

        with pytest.raises(IntegrityError), transaction.atomic():
            StockPool.objects.filter(pk=heap.pk).update(grams_allocated=5001)

    def test_refuses_a_pack_with_a_stock_of_its_own_and_a_pool(self, seller):
        (five,) = filled(pool(seller, 5), 5)

        with pytest.raises(IntegrityError), transaction.atomic():
            StockRecord.objects.filter(product=five).update(num_in_stock=1)


class TestReconciliation:
    def test_names_a_pool_that_keeps_goods_for_nobody_and_frees_them(self, seller):
        heap = pool(seller, 20)
        (five,) = filled(heap, 5)
        shop.buy(five)
        StockPool.objects.update(grams_allocated=12_000)
        assert Kind.POOL_PROMISED in differences()

        repairs.free_stock(by=None)

        assert left(heap) == (20, 15)
        assert Kind.POOL_PROMISED not in differences()


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    BUYERS, KG = 50, 101

    def test_fill_exactly_as_many_packs_as_fit(self):
        """Whoever was refused wanted more than is left in the end, and never is there less than nothing."""
        heap = pool(shop.seller(), self.KG)
        packs = filled(heap, 2.5, 5, 10)
        shop.country()
        forms = [shop.order_form(shop.basket(packs[turn % 3])) for turn in range(self.BUYERS)]

        answers = shop.at_once([partial(checkout.place_purchase, **form) for form in forms])

        refused = [turn for turn, answer in enumerate(answers) if isinstance(answer, checkout.LookAgain)]
        placed = [answer for answer in answers if isinstance(answer, Purchase)]
        heap.refresh_from_db()
        assert len(placed) + len(refused) == self.BUYERS and refused
        assert heap.grams_allocated == sum(line.net_weight_g for line in Line.objects.all()) <= self.KG * 1000
        assert heap.grams_free < min(packs[turn % 3].net_weight_g for turn in refused)
        assert Kind.POOL_PROMISED not in differences()

    def test_do_not_wait_in_a_circle_for_two_pools_in_opposite_order(self):
        shop.country()
        seller = shop.seller()
        (first,), (second,) = (filled(pool(seller, 1000), 5) for _heap in range(2))
        baskets = [(first, second) if turn % 2 else (second, first) for turn in range(20)]
        forms = [shop.order_form(shop.basket(*basket)) for basket in baskets]

        answers = shop.at_once([partial(checkout.place_purchase, **form) for form in forms])

        assert [answer for answer in answers if not isinstance(answer, Purchase)] == []
        assert {heap.grams_allocated for heap in StockPool.objects.all()} == {100_000}
