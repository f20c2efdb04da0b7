"""Goods the marketplace takes off the shelf: who may, what buyers and the seller see, and how they come back."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from marketplace.accounts import roles
from marketplace.accounts.models import Role, User
from marketplace.catalogue.models import Listing, Product
from marketplace.core.models import AuditEntry, Event, Notice
from marketplace.core.refusal import Refusal
from marketplace.offering import actions, halting, publishing, review, stocktaking
from marketplace.offering.models import Draft, Halt
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


def published(seller) -> Product:
    """Typed, photographed, submitted and approved."""
    draft = listings.submitted(seller)
    return review.decide(draft=draft, verdict="approve", note="", by=None, at=timezone.now()).draft.product


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
        good = published(seller)
        halt(good)
        changed = actions.begin_edit(product=good, by=None, at=timezone.now())
        changed = actions.keep(
            key=changed.key, seller=seller, words=changed.words | {"title": "讷河新新米"}, by=None, at=timezone.now()
        )

        review.decide(draft=actions.submit(draft=changed, by=None, at=timezone.now()), **said)

        good.refresh_from_db()
        assert (good.title, good.is_public) == ("讷河新新米", False)
        notice = Notice.objects.latest("pk")
        assert (notice.subject, notice.body) == ("讷河新新米 的修改已通过", "商品仍处于下架状态。")
        assert client.get(notice.link).status_code == 200
        assert Event.objects.filter(name="listing_published").count() == 1

    def test_stay_off_the_shelf_when_a_change_read_them_before(self, client, django_user_model):
        seller = listings.owner(client, django_user_model)
        good = published(seller)
        read_before = Draft.objects.select_related("product").get(
            pk=actions.begin_edit(product=good, by=None, at=timezone.now()).pk
        )

        halt(good)
        publishing.publish(read_before)

        good.refresh_from_db()
        assert not good.is_public and not Listing.objects.get(product=good).is_live

    def test_are_not_copied_into_new_ones(self, rice, client, django_user_model):
        listings.owner(client, django_user_model, of=rice.seller)
        halt(rice)

        answer = client.post(reverse("seller:product-again", args=[rice.pk]), follow=True)

        assert f"平台已将它下架：{WHY}" in answer.text and not Draft.objects.exists()

    def test_are_told_of_in_the_readers_language(self, rice, client, django_user_model):
        listings.owner(client, django_user_model, of=rice.seller)
        with translation.override("en"):
            halt(rice)
            halting.lift(product=rice, by=None, at=timezone.now())

        notice = Notice.objects.latest("pk")
        assert (notice.subject, notice.body) == (f"{rice.title} 可以重新销售了", "买家现在就能看到。")

    def test_stand_on_their_sellers_front_page(self, rice, client, django_user_model):
        listings.owner(client, django_user_model, of=rice.seller)
        halt(rice)

        assert "下架的商品" in client.get("/seller/").text

    def test_lead_old_links_to_their_shop(self, rice, client):
        halt(rice)

        answer = client.get(rice.get_absolute_url())

        assert (
            answer.status_code == 404 and "商品已下架" in answer.text and rice.seller.get_absolute_url() in answer.text
        )
        assert rice.title not in answer.text

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

    def test_do_not_come_back_once_their_seller_took_them_off_as_well(self, rice):
        halt(rice)
        stocktaking.put_on_shelf(product=rice, on=False, by=None)

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


class TestTheReviewOfAChange:
    def test_says_that_the_marketplace_took_the_goods_off(self, client, reviewer):
        seller = shop.seller(fee="6.00", area="230281")
        good = published(seller)
        halt(good)
        changed = actions.begin_edit(product=good, by=None, at=timezone.now())
        changed = actions.keep(
            key=changed.key, seller=seller, words=changed.words | {"title": "讷河新新米"}, by=None, at=timezone.now()
        )
        changed = actions.submit(draft=changed, by=None, at=timezone.now())

        page = client.get(reverse("dashboard:listing-review", args=[changed.pk])).text

        assert WHY in page and reverse("dashboard:listing-good", args=[good.pk]) in page
        assert good.get_absolute_url() not in page and "买家看到的还是原来的页面" not in page


class TestTheRoom:
    def test_is_where_a_reviewer_begins(self, client, reviewer):
        assert client.get("/en/dashboard/").headers["Location"] == "/en/dashboard/listings/"

    def test_finds_goods_by_title_seller_and_state(self, rice, client, reviewer):
        other = shop.product(shop.seller("另一家样例店", name_en="Another sample shop"))
        halt(other)

        def found(**asked):
            page = BeautifulSoup(client.get(reverse("dashboard:listing-goods"), asked).content, "html.parser")
            return {int(a["href"].rstrip("/").rpartition("/")[2]) for a in page.select("td a[href*='/goods/']")}

        assert found() == {rice.pk, other.pk}
        assert found(q="另一家") == found(q="another") == found(state="halted") == {other.pk}
        assert found(state="on") == {rice.pk}
        assert found(q="没有这样的") == found(state="off") == set()

    def test_takes_no_more_queries_for_many(self, client, reviewer):
        Product.objects.create(structure=Product.CHILD, parent=published(shop.seller()))

        def asked():
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("dashboard:listing-goods"))
            return len(queries)

        asked()
        one = asked()
        for number in range(3):
            goods = published(shop.seller(f"样例店{number}"))
            Product.objects.create(structure=Product.CHILD, parent=goods)
        assert asked() == one

    def test_takes_goods_off_for_a_reason_and_lets_them_be_sold_again(self, rice, client, reviewer):
        address = reverse("dashboard:listing-good", args=[rice.pk])

        without = client.post(address, {"reason": " "})
        assert without.status_code == 422 and "请写明下架原因" in without.content.decode()
        client.post(address, {"reason": WHY})
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

        noted = AuditEntry.objects.get(action="product.deleted")
        assert (noted.object_id, noted.by.is_superuser) == (str(goods.pk), True)
