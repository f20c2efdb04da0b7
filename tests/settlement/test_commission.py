"""The most specific rate wins, and what was agreed on an order line stays agreed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.catalogue.models import Category
from marketplace.settlement.commission import Sold, rate_for
from marketplace.settlement.models import CommissionRate, LineTerms
from tests import shop

pytestmark = pytest.mark.django_db


def rate(percent, *, ago=1, **target):
    scope = next(iter(target), "platform")
    return CommissionRate.objects.create(
        scope=scope,
        percent=None if percent is None else Decimal(percent),
        since=timezone.now() - timedelta(days=ago),
        **target,
    )


@pytest.fixture
def goods():
    grain = Category.add_root(name="粮油", slug="grain")
    rice = grain.add_child(name="大米", slug="rice")
    sold = shop.product(shop.seller(fee="8.00"), price="100.00")
    sold.categories.add(rice)
    sold.levels = {"category": grain, "nearer": rice}
    return sold


class TestTheMostSpecificRate:
    def percent(self, goods):
        return shop.buy(goods).orders.get().lines.get().terms.percent

    def test_is_nothing_where_none_is_set(self, goods):
        assert self.percent(goods) == 0

    def test_climbs_from_platform_to_product(self, goods):
        found = []
        for target in (
            {},
            {"category": goods.levels["category"]},
            {"category": goods.levels["nearer"]},
            {"seller": goods.seller},
            {"product": goods},
        ):
            rate(len(found) + 1, **target)
            found.append(self.percent(goods))

        assert found == [1, 2, 3, 4, 5]

    def test_gives_way_when_it_is_withdrawn(self, goods):
        rate(5)
        rate(2, seller=goods.seller, ago=3)
        rate(None, seller=goods.seller, ago=2)

        assert self.percent(goods) == 5

    def test_has_to_have_begun(self, goods):
        rate(5)
        rate(2, ago=-1)

        assert self.percent(goods) == 5

    def test_of_another_seller_means_nothing(self, goods):
        rate(9, seller=shop.seller("别家"))

        assert self.percent(goods) == 0

    def test_needs_no_product(self):
        assert rate_for(Sold(product=1, seller=1), []) is None


class TestTerms:
    def test_are_frozen_when_the_order_is_placed(self, goods):
        rate("3.33")
        line = shop.buy(goods, quantity=3).orders.get().lines.get()
        rate(50, ago=0)

        terms = LineTerms.objects.get(line=line)
        assert (terms.percent, terms.goods_fen, terms.commission_fen) == (Decimal("3.33"), 30000, 999)

    def test_bear_no_commission_on_freight(self, goods):
        rate(10)
        order = shop.buy(goods).orders.get()

        assert order.total == Decimal("118.00")
        assert order.lines.get().terms.commission_fen == 1000

    def test_cost_the_same_queries_for_one_line_and_for_many(self, django_assert_max_num_queries):
        sellers = [shop.seller(f"店{n}") for n in range(3)]
        many = [shop.product(seller, f"米{n}") for seller in sellers for n in range(4)]
        form = shop.order_form(shop.basket(*many))
        shop.country()

        with django_assert_max_num_queries(60) as counted:
            shop.checkout.place_purchase(**form)

        assert sum("settlement_lineterms" in query["sql"] for query in counted.captured_queries) == 1


class TestTheDatabase:
    @pytest.mark.parametrize("percent", ["-0.01", "50.01"])
    def test_refuses_a_rate_out_of_bounds(self, percent):
        with pytest.raises(IntegrityError, match="within_bounds"), transaction.atomic():
            rate(percent)

    def test_refuses_a_rate_that_names_two_targets(self, goods):
        with pytest.raises(IntegrityError, match="names_its_target"), transaction.atomic():
            CommissionRate.objects.create(scope="seller", seller=goods.seller, product=goods, percent=1)
