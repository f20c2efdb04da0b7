"""Price, stock and season: changed at once; buyers are told in words where something is not sold."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from marketplace.basket import actions as baskets
from marketplace.catalogue.models import Listing, Product
from marketplace.catalogue.tasks import turn_the_day
from marketplace.checkout import actions as checkout
from marketplace.checkout.pricing import price_basket
from marketplace.core.models import Notice
from marketplace.offering import home, stocktaking
from marketplace.offering.models import PriceChange
from marketplace.offering.tasks import watch_stock
from marketplace.order.models import Line
from marketplace.partner import actions as partner
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import listings, shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(client, django_user_model):
    return listings.owner(client, django_user_model)


@pytest.fixture
def good(seller):
    return shop.product(seller, stock=10)


def counted(good, **changes):
    """What the form of one pack sends."""
    said = {"price": "59.90", "stock": "10", "seen": "10"} | changes
    return {f"{good.pk}-{name}": value for name, value in said.items()}


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def address(good, name="product-stock"):
    return reverse(f"seller:{name}", args=[good.pk])


class TestTakingStock:
    def test_changes_price_and_stock_at_once_and_keeps_the_old_price(self, client, good):
        client.post(address(good), counted(good, price="49.90", stock="25"))

        pack = Product.objects.get()
        assert (str(pack.price), pack.available) == ("49.90", 25)
        assert [str(change.price) for change in PriceChange.objects.all()] == ["59.90", "49.90"]
        assert str(Listing.objects.get().price) == "49.90"

    def test_leaves_what_is_promised(self, client, good):
        shop.buy(good, quantity=3)

        client.post(address(good), counted(good, stock="20", seen="7"))

        record = good.stockrecords.get()
        assert (record.num_in_stock, record.num_allocated) == (23, 3)

    def test_leaves_a_stock_nobody_touched_as_it_is_by_now(self, client, good):
        shop.buy(good, quantity=3)

        client.post(address(good), counted(good, price="49.90"))

        assert Product.objects.get().available == 7

    @pytest.mark.parametrize(("name", "typed"), [("price", "5o"), ("price", ""), ("stock", "-1"), ("stock", "1.5")])
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client, good, name, typed):
        answer = client.post(address(good), counted(good, **{name: typed}))

        page = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 422
        assert page.select_one(f"[name='{good.pk}-{name}']").get("value", "") == typed
        assert page.select(".field__error")
        assert str(Product.objects.get().price) == "59.90"

    def test_of_another_seller_is_not_there(self, client, seller):
        others = shop.product(shop.seller("别家样例店"))

        assert client.get(address(others)).status_code == 404
        assert client.post(address(others), counted(others, price="1.00")).status_code == 404
        assert client.post(address(others, "product-shelf"), {"on": "0"}).status_code == 404
        assert str(Product.objects.get().price) == "59.90"

    def test_cannot_reach_a_pack_of_another_seller(self, client, good):
        others = shop.product(shop.seller("别家样例店"))

        client.post(address(good), counted(good) | counted(others, price="1.00"))

        assert str(others.stockrecords.get().price) == "59.90"


class TestTheShelf:
    def test_takes_a_good_off_and_puts_it_back(self, client, good):
        for on, is_public in (("0", False), ("0", False), ("1", True)):
            client.post(address(good, "product-shelf"), {"on": on})
            assert (Product.objects.get().is_public, Listing.objects.get().is_live) == (is_public, is_public)

    def test_every_button_of_the_list_carries_a_token(self, client, good, seller):
        listings.draft(seller)
        for tab in ("on-sale", "drafts"):
            page = BeautifulSoup(client.get(f"/seller/products/?tab={tab}").content, "html.parser")
            forms = page.select(".mine__list form[method=post]")
            assert forms and all(form.select_one("[name=csrfmiddlewaretoken]") for form in forms)


class TestTheSeason:
    def season(self, good, start=None, end=None, ship_by=None):
        stocktaking.set_season(product=good, sale_from=start, sale_until=end, ship_by=ship_by, by=None)

    @pytest.mark.parametrize(
        ("start", "end", "sold"),
        [(None, None, True), (0, 0, True), (1, 9, False), (-9, -1, False), (None, -1, False), (1, None, False)],
    )
    def test_sells_between_its_days_only(self, client, good, start, end, sold):
        days = [None if number is None else in_days(number) for number in (start, end)]
        self.season(good, *days)

        good = Product.objects.get()
        page = client.get(good.get_absolute_url()).content.decode()
        assert ('action="/basket/add/"' in page) == sold
        assert Listing.objects.get().is_in_stock == sold
        if not sold:
            with pytest.raises(baskets.CannotAdd):
                shop.basket(good)

    def test_that_ends_while_goods_lie_in_a_basket_stops_the_order_in_words(self, good):
        shop.country()
        form = shop.order_form(shop.basket(good))
        self.season(good, end=in_days(-1))

        with pytest.raises(checkout.LookAgain) as refusal:
            checkout.place_purchase(**form)

        assert "供货期" in refusal.value.for_people[0]

    def test_is_followed_by_the_lists_day_by_day(self, good):
        self.season(good, start=in_days(1))
        Product.objects.update(sale_from=in_days(0))

        turn_the_day.call()

        assert Listing.objects.get().is_in_stock

    def test_is_typed_on_the_goods_page(self, client, good):
        typed = {"season": "1", "sale_from": "2026-10-01", "sale_until": "2026-09-01", "ship_by": "soon"}

        answer = client.post(address(good), counted(good) | typed)
        client.post(address(good), counted(good) | {"season": "1", "ship_by": str(in_days(9))})

        assert answer.status_code == 422
        assert BeautifulSoup(answer.content, "html.parser").select_one("[name=ship_by]")["value"] == "soon"
        assert Product.objects.get().ship_by == in_days(9)

    def test_promises_no_day_that_is_past(self, client, good):
        typed = counted(good) | {"season": "1", "ship_by": str(in_days(-1))}

        assert client.post(address(good), typed).status_code == 422
        self.season(good, ship_by=in_days(-1))
        assert client.post(address(good), typed).status_code == 302, "it stood there already"

    def test_a_presale_promises_a_day_and_the_order_keeps_it(self, client, good):
        self.season(good, ship_by=in_days(9))
        good = Product.objects.get()
        basket = shop.basket(good)

        assert "预售" in client.get(good.get_absolute_url()).content.decode()
        assert price_basket(basket, "23").lines[0].presale_words
        shop.country()
        checkout.place_purchase(**shop.order_form(basket))
        self.season(good, ship_by=in_days(30))
        assert Line.objects.get().ship_by == in_days(9)

    def test_a_promise_that_changed_under_the_buyers_eyes_is_shown_again(self, good):
        shop.country()
        form = shop.order_form(shop.basket(good))
        self.season(good, ship_by=in_days(30))

        with pytest.raises(checkout.LookAgain):
            checkout.place_purchase(**form)


class TestHolidayClosure:
    CLOSURE = "/seller/closure/"

    def test_closes_and_opens_the_shop(self, client, seller, good):
        client.post(self.CLOSURE, {"closed_until": str(in_days(5))})
        page = client.get(seller.get_absolute_url()).content.decode()
        with pytest.raises(baskets.CannotAdd):
            shop.basket(Product.objects.get())

        client.post(self.CLOSURE, {"closed_until": str(in_days(5)), "open": "1"})
        seller.refresh_from_db()
        assert "暂停营业" in page or "休息" in page
        assert seller.is_open

    @pytest.mark.parametrize("typed", ["tomorrow", "2020-01-01", "2026-02-30"])
    def test_wants_a_day_that_is_to_come(self, client, seller, typed):
        answer = client.post(self.CLOSURE, {"closed_until": typed})

        assert answer.status_code == 422
        assert typed in answer.content.decode()

    def test_is_not_for_a_packer(self, client, seller, django_user_model):
        packer = django_user_model.objects.create_user(mobile="13900000014")
        team.join(seller=seller, user=packer, role=TeamRole.PACKER)
        client.force_login(packer)

        assert client.post(self.CLOSURE, {"closed_until": str(in_days(5))}).status_code == 403


class TestTheFrontPage:
    def test_names_what_runs_out(self, seller, client):
        low, plenty = shop.product(seller, stock=3), shop.product(seller, stock=30)
        told = stocktaking.Count(pack=plenty.pk, price=Decimal("59.90"), free=30, seen=30, low=40)
        stocktaking.take_stock(product=plenty, counts=[told], by=None)
        shop.product(seller, stock=0, is_public=False)

        todos = home.goods_to_see_to(seller.members.get())

        assert [todo.number for todo in todos] == [2]
        page = BeautifulSoup(client.get(todos[0].href).content, "html.parser")
        assert len(page.select(".mine__row")) == 2
        assert low.stockrecords.get().is_low


class TestLowStockAlert:
    def sold(self, good, number):
        shop.buy(good, quantity=number)
        watch_stock.call()
        return Notice.objects.filter(cause__startswith="low_stock").count()

    def test_comes_once_for_each_crossing(self, seller):
        good = shop.product(seller, stock=8)

        assert [self.sold(good, number) for number in (2, 1, 1)] == [0, 1, 1]
        record = good.stockrecords.get()
        record.num_in_stock += 20
        record.save()
        watch_stock.call()
        assert self.sold(good, 19) == 2

    def test_follows_the_number_of_the_pack_then_of_the_shop(self, client, seller):
        good = shop.product(seller, stock=10)
        client.post("/seller/products/low-stock/", {"low_stock": "8"})
        assert (self.sold(good, 1), self.sold(good, 1)) == (0, 1)
        own = shop.product(seller, stock=8)
        own.stockrecords.update(low_stock_threshold=2)

        watch_stock.call()

        assert Notice.objects.filter(cause__startswith="low_stock").count() == 1

    def test_speaks_of_every_pack_of_a_pile(self, seller):
        heap = partner.make_pool(seller=seller, name="散装", grams=50_000, by=None)
        five, ten = shop.product(seller, grams=5000), shop.product(seller, grams=10_000)
        for good in (five, ten):
            partner.fill_from(record=good.stockrecords.get(), pool=heap, by=None)

        watch_stock.call()

        assert Notice.objects.get().body.startswith("只剩 5 件")
