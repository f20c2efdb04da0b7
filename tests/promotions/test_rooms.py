"""Promotions in the seller centre and the dashboard."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.promotions.models import Promotion
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import promos, shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller():
    return shop.seller()


@pytest.fixture
def owner(client, seller, django_user_model):
    person = django_user_model.objects.create_user(mobile="13900000001")
    team.join(seller=seller, user=person, role=TeamRole.OWNER)
    client.force_login(person)
    return client


@pytest.fixture
def operator(client, django_user_model):
    person = django_user_model.objects.create_user(mobile="13900000002")
    person.is_superuser = person.is_staff = True
    person.save()
    client.force_login(person)
    return client


def typed(**changes):
    today = timezone.localdate()
    return {
        "name": "新米券",
        "gives": "amount",
        "amount": "10.00",
        "minimum": "0",
        "reach": "all",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=7)).isoformat(),
        "code": "rice 10",
        "is_shown": "on",
    } | changes


def send(client, **changes):
    return client.post(reverse("seller:promotion-new"), typed(**changes))


class TestASellerMaking:
    def test_makes_a_voucher_that_she_pays_for(self, owner, seller):
        answer = send(owner)

        made = Promotion.objects.get()
        assert (made.seller, made.code, made.minimum) == (seller, "RICE10", 0)
        assert answer.url == reverse("seller:promotion", args=[made.pk])
        assert AuditEntry.objects.filter(action="promotion.made", object_id=str(made.pk)).exists()

    def test_makes_an_offer_of_chosen_products(self, owner, seller):
        goods = shop.product(seller)

        send(owner, code="", gives="percent", amount="", percent="12.5", reach="products", products=[goods.pk])

        made = Promotion.objects.get()
        assert (made.code, str(made.percent), list(made.products.all())) == ("", "12.50", [goods])

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"amount": "-5"}, "amount"),
            ({"amount": "0"}, "amount"),
            ({"amount": ""}, "amount"),
            ({"amount": "NaN"}, "amount"),
            ({"amount": "1e9"}, "amount"),
            ({"amount": "0.001"}, "amount"),
            ({"gives": "percent", "percent": "100.01"}, "percent"),
            ({"gives": "percent", "percent": "-1"}, "percent"),
            ({"gives": "percent", "percent": "10", "most": "-1"}, "most"),
            ({"gives": "everything"}, "gives"),
            ({"minimum": "-1"}, "minimum"),
            ({"starts_on": "2026-13-01"}, "starts_on"),
            ({"starts_on": "2999-01-01"}, "ends_on"),
            ({"starts_on": "2020-01-01", "ends_on": "2020-01-02"}, "ends_on"),
            ({"reach": "category"}, "category"),
            ({"reach": "products"}, "products"),
            ({"code": "<script>alert(1)</script>"}, "code"),
            ({"code": "AB"}, "code"),
            ({"max_uses": "0"}, "max_uses"),
            ({"max_per_buyer": "-3"}, "max_per_buyer"),
            ({"budget": "99999999999999999999"}, "budget"),
            ({"name": ""}, "name"),
        ],
    )
    def test_is_told_what_is_wrong_and_keeps_what_she_typed(self, owner, changes, field):
        answer = send(owner, **changes)

        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert not Promotion.objects.exists()
        page = BeautifulSoup(answer.content, "html.parser")
        assert page.select_one("[name=ends_on]")["value"] == typed(**changes)["ends_on"]
        assert b"<script>alert" not in answer.content

    def test_cannot_choose_another_sellers_product(self, owner):
        hers = shop.product(shop.seller("别家样例店"))

        answer = send(owner, reach="products", products=[hers.pk])

        assert "products" in answer.context["form"].errors
        assert not Promotion.objects.exists()

    def test_cannot_take_a_code_that_is_taken(self, owner):
        send(owner)

        assert "code" in send(owner).context["form"].errors
        assert Promotion.objects.count() == 1


class TestASellerFollowing:
    def test_pauses_resumes_and_ends(self, owner, seller):
        made = promos.promotion(seller, off="5.00")
        states = []
        for name in ("pause", "resume", "end", "resume"):
            owner.post(reverse("seller:promotion-move", args=[made.pk, name]))
            made.refresh_from_db()
            states.append(made.state)

        assert states == ["paused", "active", "ended", "ended"]
        assert AuditEntry.objects.filter(action="promotion.ended").count() == 1

    def test_sees_uses_discount_and_sales(self, owner, seller):
        made = promos.promotion(seller, off="5.00")
        goods = shop.product(seller)
        shop.buy(goods, quantity=2)
        shop.buy(goods)

        page = owner.get(reverse("seller:promotion", args=[made.pk])).content.decode()
        row = owner.get(reverse("seller:promotions-table")).content.decode("utf-8-sig").splitlines()[1]

        assert "¥10.00" in page and "¥179.70" in page
        assert row.endswith(",2,10.00,179.70")

    def test_asks_as_often_for_one_as_for_many(self, owner, seller):
        counts = []
        for number in (1, 5):
            for _each in range(number):
                promos.promotion(seller, off="5.00")
            owner.get(reverse("seller:promotions"))
            with CaptureQueriesContext(connection) as asked:
                owner.get(reverse("seller:promotions"))
            counts.append(len(asked))

        assert counts[0] == counts[1]

    def test_copies_one_with_a_new_code(self, owner, seller):
        made = promos.promotion(seller, off="5.00", code="RICE10", days=(-9, -2))

        form = owner.get(reverse("seller:promotion-new"), {"copy": made.pk}).context["form"]

        assert str(form["amount"].value()) == "5.00"
        assert form["code"].value() not in {"", "RICE10"}
        assert form["ends_on"].value() >= timezone.localdate()

    @pytest.mark.parametrize("name", ["seller:promotion", "seller:promotion-move"])
    def test_does_not_find_anothers(self, owner, name):
        for other in (shop.seller("别家样例店"), None):
            made = promos.promotion(other, off="5.00")
            args = [made.pk] if name == "seller:promotion" else [made.pk, "end"]
            ask = owner.get if name == "seller:promotion" else owner.post

            assert ask(reverse(name, args=args)).status_code == 404
            made.refresh_from_db()
            assert made.state == "active"

    def test_packers_have_no_business_here(self, client, seller, django_user_model):
        packer = django_user_model.objects.create_user(mobile="13900000003")
        team.join(seller=seller, user=packer, role=TeamRole.PACKER)
        client.force_login(packer)

        assert client.get(reverse("seller:promotions")).status_code == 403


class TestAShopsPage:
    def test_shows_what_it_takes_off(self, client, seller):
        promos.promotion(seller, off="5.00", code="RICE10")
        promos.promotion(seller, off="5.00", code="SECRET", is_shown=False)

        page = client.get(seller.get_absolute_url()).content.decode()

        assert "RICE10" in page
        assert "SECRET" not in page

    def test_is_repeated_beside_the_goods_it_is_for(self, client, seller):
        rice, honey = shop.product(seller, "新米"), shop.product(seller, "蜂蜜")
        promos.promotion(seller, off="5.00", code="FORALL")
        promos.promotion(seller, off="5.00", code="FORRICE", reach="products", products=[rice])
        promos.promotion(shop.seller("乙店"), off="5.00", code="OTHERS")

        pages = [client.get(each.get_absolute_url()).content.decode() for each in (rice, honey)]

        assert [[code for code in ("FORALL", "FORRICE", "OTHERS") if code in page] for page in pages] == [
            ["FORALL", "FORRICE"],
            ["FORALL"],
        ]


class TestThePlatformsOwn:
    def test_is_made_in_the_dashboard_and_paid_by_nobody_else(self, operator):
        operator.post(reverse("dashboard:promotion-new"), typed())

        assert Promotion.objects.get().seller is None
        assert "RICE10" in operator.get(reverse("dashboard:promotions")).content.decode()

    def test_has_no_sellers_promotions_among_them(self, operator, seller):
        hers = promos.promotion(seller, off="5.00")

        assert operator.get(reverse("dashboard:promotion", args=[hers.pk])).status_code == 404

    def test_is_paused_there(self, operator):
        made = promos.promotion(None, off="5.00")

        operator.post(reverse("dashboard:promotion-move", args=[made.pk, "pause"]))

        made.refresh_from_db()
        assert made.state == "paused"
        assert operator.get(reverse("dashboard:promotion", args=[made.pk])).status_code == 200

    def test_keeps_what_was_typed_wrong(self, operator):
        answer = operator.post(reverse("dashboard:promotion-new"), typed(amount="-1"))

        assert answer.status_code == 422
        assert 'value="-1"' in answer.content.decode()
