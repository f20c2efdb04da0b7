"""Goods the marketplace takes off the shelf: who may, what buyers and the seller see, and how they come back."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts import roles
from marketplace.accounts.models import Role, User
from marketplace.catalogue.models import Listing, Product
from marketplace.core.models import AuditEntry, Notice
from marketplace.core.refusal import Refusal
from marketplace.offering import actions, halting, review, stocktaking
from marketplace.offering.models import Halt
from tests import listings, shop

pytestmark = pytest.mark.django_db
WHY = "标题说能治病"


@pytest.fixture
def rice():
    return shop.product(shop.seller())


@pytest.fixture
def reviewer(client):
    user = User.objects.create_user(mobile="13900000007", password="rice-in-autumn")
    roles.give(user=user, role=Role.REVIEWER, by=None)
    client.force_login(user)
    return user


def halt(product, by=None):
    return halting.halt(product=product, reason=WHY, by=by, at=timezone.now())


class TestHaltedGoods:
    def test_are_not_sold_and_their_seller_is_told_why(self, rice, client, django_user_model):
        listings.owner(client, django_user_model, of=rice.seller)

        halt(rice)

        assert not Listing.objects.filter(product=rice, is_live=True).exists()
        notice = Notice.objects.get()
        assert (notice.subject, notice.body) == (f"{rice.title} 已被平台下架", WHY)
        page = client.get(notice.link).content.decode()
        assert WHY in page and "平台下架" in page and f"/seller/products/{rice.pk}/shelf/" not in page

    def test_are_not_put_back_by_their_seller(self, rice, client, django_user_model):
        listings.owner(client, django_user_model, of=rice.seller)
        halt(rice)

        answer = client.post(reverse("seller:product-shelf", args=[rice.pk]), {"on": "1"}, follow=True)

        rice.refresh_from_db()
        assert not rice.is_public and f"平台已将它下架：{WHY}" in answer.content.decode()

    def test_stay_off_the_shelf_when_their_words_are_approved(self, client, django_user_model):
        said = {"verdict": "approve", "note": "", "by": None, "at": timezone.now()}
        seller = listings.owner(client, django_user_model)
        good = review.decide(draft=listings.submitted(seller), **said).draft.product
        halt(good)
        changed = actions.begin_edit(product=good, by=None, at=timezone.now())
        changed = actions.keep(
            key=changed.key, seller=seller, words=changed.words | {"title": "讷河新新米"}, by=None, at=timezone.now()
        )

        review.decide(draft=actions.submit(draft=changed, by=None, at=timezone.now()), **said)

        good.refresh_from_db()
        assert (good.title, good.is_public) == ("讷河新新米", False)

    def test_come_back_to_where_they_stood(self, rice):
        halt(rice)
        halting.lift(product=rice, by=None, at=timezone.now())
        rice.refresh_from_db()
        assert rice.is_public and Listing.objects.filter(product=rice, is_live=True).exists()

        stocktaking.put_on_shelf(product=rice, on=False, by=None)
        halt(rice)
        halting.lift(product=rice, by=None, at=timezone.now())
        rice.refresh_from_db()
        assert not rice.is_public

    def test_are_halted_once_and_lifted_once(self, rice):
        halt(rice)
        with pytest.raises(Refusal):
            halt(rice)
        halting.lift(product=rice, by=None, at=timezone.now())
        with pytest.raises(Refusal):
            halting.lift(product=rice, by=None, at=timezone.now())

        assert Halt.objects.count() == 1
        noted = AuditEntry.objects.filter(action__startswith="product.halt").order_by("pk")
        assert [*noted.values_list("action", flat=True)] == ["product.halted", "product.halt_lifted"]


class TestTheRoom:
    def test_finds_goods_by_title_seller_and_state(self, rice, client, reviewer):
        other = shop.product(shop.seller("另一家样例店"))
        halt(other)

        def found(**asked):
            page = BeautifulSoup(client.get(reverse("dashboard:listing-goods"), asked).content, "html.parser")
            return {int(a["href"].rstrip("/").rpartition("/")[2]) for a in page.select("td a[href*='/goods/']")}

        assert found() == {rice.pk, other.pk}
        assert found(q="另一家") == found(state="halted") == {other.pk}
        assert found(state="on") == {rice.pk}
        assert found(q="没有这样的") == found(state="off") == set()

    def test_takes_no_more_queries_for_many(self, client, reviewer, rice):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("dashboard:listing-goods"))
            return len(queries)

        asked()
        one = asked()
        for number in range(3):
            shop.product(shop.seller(f"样例店{number}"))
        assert asked() == one

    def test_takes_goods_off_for_a_reason_and_lets_them_be_sold_again(self, rice, client, reviewer):
        address = reverse("dashboard:listing-good", args=[rice.pk])

        without = client.post(reverse("dashboard:listing-good-halt", args=[rice.pk]), {"reason": " "})
        assert without.status_code == 422 and "请写明下架原因" in without.content.decode()
        client.post(reverse("dashboard:listing-good-halt", args=[rice.pk]), {"reason": WHY})
        assert WHY in client.get(address).content.decode()
        client.post(reverse("dashboard:listing-good-lift", args=[rice.pk]))

        rice.refresh_from_db()
        assert rice.is_public
        again = client.post(reverse("dashboard:listing-good-lift", args=[rice.pk]), follow=True)
        assert "它已不在平台下架状态" in again.content.decode()

    def test_leads_from_a_pack_to_its_good(self, client, reviewer, rice):
        pack = Product.objects.create(structure=Product.CHILD, parent=rice)

        answer = client.get(reverse("dashboard:listing-good", args=[pack.pk]))

        assert answer.headers["Location"] == reverse("dashboard:listing-good", args=[rice.pk])


class TestOscarsPagesOfGoods:
    """They made goods of nobody, and changed prices and places on the shelf behind history, lists and review."""

    @pytest.fixture
    def operator(self, client):
        client.force_login(User.objects.create_superuser(mobile="13900000006", password="rice-in-autumn"))

    def test_lead_to_ours(self, client, operator, rice):
        assert client.get("/dashboard/catalogue/").headers["Location"] == reverse("dashboard:listing-goods")
        found = client.get(f"/dashboard/catalogue/products/{rice.pk}/").headers["Location"]
        assert found == reverse("dashboard:listing-good", args=[rice.pk])

    @pytest.mark.parametrize(
        "address", ["products/create/", "products/create/x/", "products/1/create-variant/", "products/bulk-action/"]
    )
    def test_that_made_and_changed_are_gone(self, client, operator, address):
        assert client.get(f"/dashboard/catalogue/{address}").status_code == 404

    def test_change_no_categories_in_one_statement(self, client, operator):
        listings.category()
        page = client.get(reverse("dashboard:catalogue-category-list"))
        assert "大米" in page.text and 'name="action"' not in page.text and "selected_category" not in page.text

        answer = client.post(page.request["PATH_INFO"], {"action": "make_non_public", "select_across": "1"})
        assert answer.status_code == 405

    def test_note_who_deleted(self, client, operator):
        goods = shop.product(shop.seller())

        client.post(reverse("dashboard:catalogue-product-delete", args=[goods.pk]))

        assert AuditEntry.objects.get(action="product.deleted").object_id == str(goods.pk)
