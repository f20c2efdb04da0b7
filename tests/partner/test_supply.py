"""A cooperative lets a seller sell its goods, for not less than a floor price, until it takes that back."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from marketplace.basket import actions as baskets
from marketplace.catalogue.models import Listing, Product
from marketplace.checkout import actions as checkout
from marketplace.core.models import AuditEntry
from marketplace.partner import actions, stock
from marketplace.partner.models import BelowFloor, StockPool, StockRecord, SupplyGrant
from marketplace.partner.tasks import follow_grants
from marketplace.producers.models import Producer
from tests import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    return actions.make_pool(seller=shop.seller("样例合作社", kind="cooperative"), name="新米", grams=100_000, by=None)


@pytest.fixture
def taker():
    return shop.seller("样例粮铺")


def granted(pool, taker, floor="6.00", **terms):
    terms = {"starts_on": timezone.localdate(), "at": timezone.now()} | terms
    return actions.grant_supply(pool=pool, seller=taker, floor_per_kg=Decimal(floor), by=None, **terms)


def listed(grant, price="59.90"):
    good = shop.product(grant.seller, price=price)
    actions.fill_from(record=good.stockrecords.get(), pool=grant.pool, grant=grant, by=None)
    return Product.objects.get(pk=good.pk)


def is_live(good):
    return Listing.objects.get(pk=good.pk).is_live


class TestAGrant:
    def test_lets_a_seller_sell_goods_of_a_cooperative(self, pool, taker):
        good = listed(granted(pool, taker))

        shop.buy(good, quantity=3)

        pool.refresh_from_db()
        assert (pool.grams_free, Product.objects.get().available) == (85_000, 17)
        assert AuditEntry.objects.filter(action="supply.granted").count() == 1

    def test_may_come_from_a_producer_without_a_shop(self, taker):
        grower = Producer.objects.create(name="样例合作社", kind="cooperative", area="230281")
        heap = actions.make_pool(producer=grower, name="新米", grams=10_000, by=None)

        assert listed(granted(heap, taker)).available == 2

    def test_is_needed_to_sell_them(self, pool, taker):
        good = shop.product(taker)

        with pytest.raises(actions.CannotSupply):
            actions.fill_from(record=good.stockrecords.get(), pool=pool, by=None)

    def test_is_of_no_use_to_another_seller(self, pool, taker):
        grant = granted(pool, shop.seller("别家样例店"))

        with pytest.raises(actions.CannotSupply):
            actions.fill_from(record=shop.product(taker).stockrecords.get(), pool=pool, grant=grant, by=None)

    def test_is_given_once_at_a_time(self, pool, taker):
        grant = granted(pool, taker)

        with pytest.raises(actions.CannotSupply):
            granted(pool, taker)

        actions.revoke_supply(grant=grant, by=None, at=timezone.now())
        assert granted(pool, taker).pk != grant.pk

    def test_is_not_for_ones_own_goods(self, pool):
        with pytest.raises(actions.CannotSupply):
            granted(pool, pool.seller)

    def test_ends_after_it_begins(self, pool, taker):
        with pytest.raises(actions.CannotSupply) as refusal:
            granted(pool, taker, ends_on=timezone.localdate() - timedelta(days=1))

        assert "结束日期" in refusal.value.for_people


class TestTheFloor:
    @pytest.mark.parametrize(("per_kg", "grams", "floor"), [("6.00", 5000, "30.00"), ("6.01", 2500, "15.03")])
    def test_is_a_price_for_the_whole_pack(self, pool, taker, per_kg, grams, floor):
        assert granted(pool, taker, per_kg).floor_of(grams) == Decimal(floor)

    def test_refuses_a_pack_that_costs_less(self, pool, taker):
        with pytest.raises(actions.CannotSupply) as refusal:
            listed(granted(pool, taker), price="29.99")

        assert "30.00" in refusal.value.for_people

    def test_holds_whatever_door_changes_the_price(self, pool, taker):
        record = listed(granted(pool, taker)).stockrecords.get()
        record.price = Decimal("29.99")

        with pytest.raises(BelowFloor):
            record.save()


class TestRevoking:
    def test_stops_orders_at_once_even_of_who_looked_before(self, pool, taker):
        grant = granted(pool, taker)
        good = listed(grant)
        shop.country()
        form = shop.order_form(shop.basket(good))

        actions.revoke_supply(grant=grant, by=None, at=timezone.now())

        with pytest.raises(checkout.LookAgain):
            checkout.place_purchase(**form)
        with pytest.raises(baskets.CannotAdd):
            shop.basket(Product.objects.get())
        with pytest.raises(stock.NotEnough):
            stock.reserve([stock.Wanted(good.stock.pk, 1, good.price)])

    def test_takes_the_good_off_the_lists(self, pool, taker, django_capture_on_commit_callbacks):
        grant = granted(pool, taker)
        good = listed(grant)
        assert is_live(good)

        with django_capture_on_commit_callbacks(execute=True):
            actions.revoke_supply(grant=grant, by=None, at=timezone.now())

        assert not is_live(good)

    def test_leaves_what_was_ordered_before(self, pool, taker):
        grant = granted(pool, taker)
        good = listed(grant)
        shop.buy(good, quantity=2)
        actions.revoke_supply(grant=grant, by=None, at=timezone.now())

        stock.hand_over([stock.Wanted(good.stock.pk, 2)])

        pool.refresh_from_db()
        assert (pool.grams, pool.grams_allocated) == (90_000, 0)

    def test_twice_changes_nothing(self, pool, taker):
        grant = granted(pool, taker)
        first = actions.revoke_supply(grant=grant, by=None, at=timezone.now()).revoked_at

        again = actions.revoke_supply(grant=grant, by=None, at=timezone.now() + timedelta(days=1))

        assert again.revoked_at == first
        assert AuditEntry.objects.filter(action="supply.revoked").count() == 1

    def test_is_said_on_the_page_of_the_good(self, client, pool, taker):
        grant = granted(pool, taker)
        good = listed(grant)
        actions.revoke_supply(grant=grant, by=None, at=timezone.now())

        page = client.get(good.get_absolute_url()).content.decode()

        assert 'action="/basket/add/"' not in page
        assert "暂不出售" in page


class TestTime:
    def test_begins_and_ends_sales_by_itself(self, pool, taker):
        today = timezone.localdate()
        good = listed(granted(pool, taker, starts_on=today + timedelta(days=2), ends_on=today + timedelta(days=4)))
        seen = []
        for days in (0, 2, 4, 5):
            with time_machine.travel(timezone.now() + timedelta(days=days)):
                follow_grants.call()
                seen.append((Product.objects.get().available > 0, is_live(good)))

        assert seen == [(False, False), (True, True), (True, True), (False, False)]
        assert SupplyGrant.objects.filter(revoked_at=None).exists()

    def test_changes_no_list_that_is_right(self, pool, taker, monkeypatch):
        listed(granted(pool, taker))
        monkeypatch.setattr(
            "marketplace.catalogue.actions.refresh_whole", lambda pk: pytest.fail("written for nothing")
        )

        follow_grants.call()


def test_a_seller_can_be_deleted_with_pool_grant_and_packs(pool, taker):
    listed(granted(pool, taker))
    Product.objects.all().delete()

    taker.delete()
    pool.seller.delete()

    assert not StockPool.objects.exists() and not StockRecord.objects.exists()
