"""Loose goods and supply grants on the phone, from both sides; and several packs of one good in one go."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.catalogue.models import Product
from marketplace.core.models import Notice, NoticePreference
from marketplace.offering import review
from marketplace.offering.forms import ListingForm
from marketplace.offering.models import Draft, Verdict
from marketplace.partner import actions as partner
from marketplace.partner.models import StockPool, StockRecord, SupplyGrant
from tests import listings, shop

pytestmark = pytest.mark.django_db
POOLS, SUPPLY = "/seller/products/loose/", "/seller/products/supply/"
THREE = {"weight": "5", "weight_2": "10", "price_2": "110", "stock_2": "5", "weight_3": "20", "price_3": "199"}


@pytest.fixture
def seller(client, django_user_model):
    return listings.owner(client, django_user_model)


@pytest.fixture
def cooperative(django_user_model):
    """A shop with a phone of its own."""
    phone = Client()
    phone.shop = listings.owner(phone, django_user_model, "13900000009", of=shop.seller("样例合作社"))
    return phone


def heap_of(seller, kg=7):
    return partner.make_pool(seller=seller, name="散装新米", grams=kg * 1000, by=None)


def text(answer):
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


def approved(draft):
    return review.decide(draft=draft, verdict=Verdict.APPROVE, note="", by=None, at=timezone.now()).draft.product


class TestSeveralPacks:
    def test_are_listed_in_one_go(self, seller):
        good = approved(listings.submitted(seller, **THREE, stock_3="2"))

        packs = [(pack.pack, str(pack.price), pack.available) for pack in Product.objects.get(pk=good.pk).packs]
        assert packs == [("2.5kg/袋", "59.90", 20), ("5kg/袋", "110.00", 5), ("10kg/袋", "199.00", 2)]

    def test_are_filled_from_one_pile_without_a_count_of_their_own(self, seller):
        heap = heap_of(seller)
        good = approved(listings.submitted(seller, **THREE, stock=None, source=f"pool:{heap.pk}"))

        assert [pack.available for pack in Product.objects.get(pk=good.pk).packs] == [2, 1, 0]

    @pytest.mark.parametrize(
        ("changes", "wrong"),
        [
            ({"weight_2": "10", "price_2": "110"}, {"stock_2"}),
            ({"price_2": "110", "stock_2": "4"}, {"weight_2"}),
            ({"weight_2": "5", "price_2": "110", "stock_2": "4"}, {"weight_2"}),
            ({"weight_2": "0", "price_2": "1l0", "stock_2": "1.5"}, {"weight_2", "price_2", "stock_2"}),
        ],
        ids=["no stock", "no weight", "the same weight", "typed wrongly"],
    )
    def test_say_what_is_missing_or_wrong(self, seller, changes, wrong):
        form = ListingForm(listings.words(weight="5", **changes), seller=seller)

        assert set(form.errors) == wrong

    def test_come_along_when_it_is_sold_again(self, client, seller):
        good = approved(listings.submitted(seller, **THREE, stock_3="2"))

        client.post(reverse("seller:product-again", args=[good.pk]))

        words = Draft.objects.get(product=None, state="draft").words
        assert (words["weight"], words["weight_2"], words["weight_3"]) == ("2.5", "5", "10")

    def test_stand_open_in_the_form_that_holds_them(self, client, seller):
        draft = listings.draft(seller, **THREE)

        page = BeautifulSoup(client.get(draft.get_absolute_url()).content, "html.parser")

        assert page.select_one("[name=price_3]")["value"] == "199"
        assert page.select_one("details.more").has_attr("open")


class TestPiles:
    def test_are_begun_and_counted(self, client, seller):
        client.post(POOLS, {"new": "1", "name": "散装新米", "kg": "７.5 kg"})
        heap = StockPool.objects.get()

        client.post(POOLS, {f"pool{heap.pk}-kg": "12", f"pool{heap.pk}-seen": "7500"})

        heap.refresh_from_db()
        assert (heap.seller, heap.grams) == (seller, 12_000)

    def test_say_that_a_pack_takes_more_than_there_is(self, client, seller):
        ten = shop.product(seller, grams=10_000)
        partner.fill_from(record=ten.stockrecords.get(), pool=heap_of(seller), by=None)

        for address in (POOLS, reverse("seller:product-stock", args=[ten.pk])):
            said = text(client.get(address))
            assert "10 公斤" in said and "7 公斤" in said and "已售罄" in said

    @pytest.mark.parametrize("typed", ["", "many", "-1"])
    def test_keep_what_was_typed_wrongly(self, client, seller, typed):
        answer = client.post(POOLS, {"new": "1", "name": "散装新米", "kg": typed})

        page = BeautifulSoup(answer.content, "html.parser")
        assert (answer.status_code, StockPool.objects.exists()) == (422, False)
        assert page.select_one("[name=name]")["value"] == "散装新米"
        assert page.select(".field__error")

    def test_are_chosen_and_left_on_the_page_of_a_good(self, client, seller):
        heap, good = heap_of(seller), shop.product(seller, stock=10)
        typed = {f"{good.pk}-price": "59.90", f"{good.pk}-stock": "10", f"{good.pk}-seen": "10"}

        client.post(reverse("seller:product-stock", args=[good.pk]), typed | {f"{good.pk}-source": f"pool:{heap.pk}"})
        assert Product.objects.get().available == 1
        client.post(
            reverse("seller:product-stock", args=[good.pk]),
            typed | {f"{good.pk}-source": "", f"{good.pk}-seen": "1", f"{good.pk}-stock": "4"},
        )
        assert Product.objects.get().available == 4

    def test_are_left_alone_by_the_quick_form_of_the_list(self, client, seller):
        good = shop.product(seller)
        partner.fill_from(record=good.stockrecords.get(), pool=heap_of(seller), by=None)

        client.post(
            reverse("seller:product-stock", args=[good.pk]), {f"{good.pk}-price": "49.90", f"{good.pk}-seen": "1"}
        )

        record = StockRecord.objects.get()
        assert (str(record.price), record.pool.grams) == ("49.90", 7000)

    def test_of_another_seller_cannot_be_counted_or_chosen(self, client, seller):
        others, good = heap_of(shop.seller("别家样例店")), shop.product(seller)

        client.post(POOLS, {f"pool{others.pk}-kg": "1", f"pool{others.pk}-seen": "7000"})
        heap_of(seller)
        client.post(
            reverse("seller:product-stock", args=[good.pk]),
            {f"{good.pk}-price": "59.90", f"{good.pk}-stock": "10", f"{good.pk}-source": f"pool:{others.pk}"},
        )

        others.refresh_from_db()
        assert (others.grams, StockRecord.objects.get().pool) == (7000, None)

    def test_cost_as_many_queries_for_ten_as_for_one(self, client, seller, django_assert_max_num_queries):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        counts = []
        for more in (1, 9):
            for _each in range(more):
                partner.fill_from(record=shop.product(seller).stockrecords.get(), pool=heap_of(seller), by=None)
            with CaptureQueriesContext(connection) as queries:
                client.get(POOLS)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestGrants:
    def give(self, phone, heap, **changes):
        typed = {"pool": heap.pk, "shop": "样例粮铺", "floor": "6.00", "starts_on": "", "ends_on": ""}
        return phone.post(SUPPLY, typed | changes)

    def test_go_from_a_cooperative_to_a_listing_of_another_shop(self, client, seller, cooperative):
        self.give(cooperative, heap_of(cooperative.shop, 100))
        grant = SupplyGrant.objects.get()
        assert "散装新米" in text(client.get(SUPPLY))

        client.post(reverse("seller:supply-sell", args=[grant.pk]))
        draft = Draft.objects.get()
        assert draft.words["source"] == f"grant:{grant.pk}"
        good = approved(listings.submitted(seller, source=f"grant:{grant.pk}", stock=None))

        assert (good.stock.grant, Product.objects.get(pk=good.pk).available) == (grant, 20)

    def test_are_revoked_with_one_press_that_stops_sales(self, client, seller, cooperative):
        self.give(cooperative, heap_of(cooperative.shop, 100))
        grant = SupplyGrant.objects.get()
        good = shop.product(seller)
        partner.fill_from(record=good.stockrecords.get(), pool=grant.pool, grant=grant, by=None)

        for _press in range(2):
            cooperative.post(reverse("seller:supply-revoke", args=[grant.pk]))

        assert Product.objects.get().available == 0
        assert "已撤销" in text(client.get(SUPPLY)) and "已撤销" in text(cooperative.get(SUPPLY))
        assert client.post(reverse("seller:supply-sell", args=[grant.pk])).status_code == 404

    def test_that_are_revoked_are_said_to_who_sells_them_and_why_the_goods_are_gone(
        self, client, seller, cooperative, django_capture_on_commit_callbacks
    ):
        owner = seller.members.get().user
        NoticePreference.objects.create(user=owner, by_sms=["shop"])
        self.give(cooperative, heap_of(cooperative.shop, 100))
        grant = SupplyGrant.objects.get()
        good = shop.product(seller)
        partner.fill_from(record=good.stockrecords.get(), pool=grant.pool, grant=grant, by=None)

        for _press in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                cooperative.post(reverse("seller:supply-revoke", args=[grant.pk]))

        told = Notice.objects.filter(user=owner, cause=f"supply_revoked:{grant.pk}")
        assert {notice.channel for notice in told} == {"in_app", "sms"}
        assert {notice.subject for notice in told} == {"样例合作社收回了散装新米的供货授权"}
        goods = text(client.get(reverse("seller:products")))
        assert "供货方已收回授权" in goods and "已售罄" not in goods

    def test_are_not_revoked_by_who_was_granted(self, client, seller, cooperative):
        self.give(cooperative, heap_of(cooperative.shop))

        answer = client.post(reverse("seller:supply-revoke", args=[SupplyGrant.objects.get().pk]))

        assert (answer.status_code, SupplyGrant.objects.get().revoked_at) == (404, None)

    @pytest.mark.parametrize(
        "changes",
        [
            {"shop": "没有这家店"},
            {"shop": "样例合作社"},
            {"floor": "0"},
            {"floor": "六元"},
            {"starts_on": "2026-12-02", "ends_on": "2026-12-01"},
        ],
    )
    def test_say_what_is_wrong_and_keep_what_was_typed(self, seller, cooperative, changes):
        answer = self.give(cooperative, heap_of(cooperative.shop), **changes)

        page = BeautifulSoup(answer.content, "html.parser")
        assert (answer.status_code, SupplyGrant.objects.exists()) == (422, False)
        assert page.select(".field__error")
        for name, value in changes.items():
            assert page.select_one(f"[name={name}]")["value"] == value

    def test_refuse_a_price_below_the_floor_wherever_it_is_typed(self, client, seller, cooperative):
        self.give(cooperative, heap_of(cooperative.shop, 100), floor="12.00")
        grant = SupplyGrant.objects.get()
        form = ListingForm(listings.words(source=f"grant:{grant.pk}", price="59.99"), seller=seller)
        assert set(form.errors) == {"price"}
        good = shop.product(seller, price="60.00")
        partner.fill_from(record=good.stockrecords.get(), pool=grant.pool, grant=grant, by=None)

        answer = client.post(
            reverse("seller:product-stock", args=[good.pk]), {f"{good.pk}-price": "59.99", f"{good.pk}-seen": "20"}
        )

        assert answer.status_code == 422 and "60.00" in text(answer)
        assert StockRecord.objects.get().price == Decimal("60.00")

    @pytest.fixture
    def sold(self, seller, cooperative):
        """A good of the seller's at ¥59.90 for 5 kg, and a grant for at least ¥60.00 of them."""
        self.give(cooperative, heap_of(cooperative.shop, 100), floor="12.00")
        return shop.product(seller, price="59.90"), SupplyGrant.objects.get()

    def choose(self, phone, good, source, price):
        typed = {f"{good.pk}-price": price, f"{good.pk}-stock": "20", f"{good.pk}-source": source}
        return phone.post(reverse("seller:product-stock", args=[good.pk]), typed)

    def test_are_chosen_together_with_a_price_that_they_allow(self, client, sold):
        good, grant = sold

        assert self.choose(client, good, f"grant:{grant.pk}", "60.00").status_code == 302

        record = StockRecord.objects.get()
        assert (record.grant, record.price) == (grant, Decimal("60.00"))

    def test_are_refused_together_with_a_price_that_they_do_not_allow(self, client, sold):
        good, grant = sold
        StockRecord.objects.update(price=Decimal("70.00"))

        answer = self.choose(client, good, f"grant:{grant.pk}", "59.99")

        assert answer.status_code == 422 and "60.00" in text(answer)
        assert (StockRecord.objects.get().grant, StockRecord.objects.get().price) == (None, Decimal("70.00"))

    def test_are_left_together_with_their_price(self, client, sold):
        good, grant = sold
        StockRecord.objects.update(price=Decimal("60.00"))
        self.choose(client, good, f"grant:{grant.pk}", "60.00")

        assert self.choose(client, good, "", "49.90").status_code == 302
        assert (StockRecord.objects.get().grant, StockRecord.objects.get().price) == (None, Decimal("49.90"))

    def test_refuse_a_live_good_that_becomes_too_heavy_for_its_price(self, client, seller, sold):
        good, grant = sold
        self.choose(client, good, f"grant:{grant.pk}", "60.00")
        good = Product.objects.get()

        heavier = ListingForm(listings.words(weight="6", weight_unit="kg"), seller=seller, product=good)
        as_heavy = ListingForm(listings.words(weight="5", weight_unit="kg"), seller=seller, product=good)

        assert (set(heavier.errors), set(as_heavy.errors)) == ({"weight"}, set())
        assert "72.00" in heavier.errors["weight"][0]
