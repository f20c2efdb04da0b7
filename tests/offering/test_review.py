"""The review queue: the live page stays as it was until somebody has looked."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.accounts import roles
from marketplace.accounts.models import Role
from marketplace.catalogue.models import Certificate, Product
from marketplace.core.models import Event, Notice
from marketplace.core.states import IllegalMove
from marketplace.offering import actions, photos, review
from marketplace.offering.models import Decision, Draft, FoodLabel
from marketplace.partner.models import StockRecord
from tests import listings, shop

pytestmark = pytest.mark.django_db
QUEUE = "/dashboard/listings/"


@pytest.fixture
def seller(client, django_user_model):
    return listings.owner(client, django_user_model)


@pytest.fixture
def reviewer(django_user_model):
    user = django_user_model.objects.create_user(mobile="13900000007")
    roles.give(user=user, role=Role.REVIEWER, by=None)
    return user


@pytest.fixture
def desk(reviewer):
    """The reviewer's browser."""
    browser = Client()
    browser.force_login(reviewer)
    return browser


def decide(draft, verdict="approve", note="", by=None):
    return review.decide(draft=draft, verdict=verdict, note=note, by=by, at=timezone.now())


def answered(desk, draft, read="", **said):
    """What the desk is told that answers on the page it has open."""
    return desk.post(f"{QUEUE}{draft.pk}/", {"read": read or Draft.objects.get(pk=draft.pk).mark} | said)


def edited(good, **changes):
    """A draft that changes a good, submitted."""
    draft = actions.begin_edit(product=good, by=None, at=timezone.now())
    words = {name: value for name, value in (draft.words | changes).items() if value}
    draft = actions.keep(key=draft.key, seller=good.seller, words=words, by=None, at=timezone.now())
    return actions.submit(draft=draft, by=None, at=timezone.now())


@pytest.fixture
def good(seller):
    """On sale, as an approved draft left it."""
    draft = listings.submitted(seller)
    decide(draft)
    return Product.objects.get()


class TestApproving:
    def test_puts_it_on_sale_as_it_was_typed(self, seller, client, good):
        assert (good.title, good.pack, good.net_weight_g, good.origin) == ("讷河新米", "5kg/袋", 5000, "230281")
        assert (str(good.price), good.available, good.images.count()) == ("59.90", 20, 1)
        assert good.unit_price and str(good.unit_price) == "5.99"
        assert client.get(good.get_absolute_url()).status_code == 200
        assert "讷河新米" in client.get("/products/").content.decode()

    def test_announces_it_once_and_tells_the_seller(self, seller, good):
        event = Event.objects.get(name="listing_published")

        assert event.payload == {"product": good.pk, "seller": seller.pk}
        assert Notice.objects.get().subject == "讷河新米 上架了"

    def test_twice_is_refused_and_changes_nothing(self, seller, good):
        with pytest.raises(IllegalMove):
            decide(Draft.objects.get())

        assert (Product.objects.count(), Decision.objects.count()) == (1, 1)

    def test_keeps_the_label_of_prepacked_food(self, seller, client):
        label = {
            "prepacked": "on",
            "ingredients": "稻谷",
            "standard": "GB/T 1354",
            "licence_number": "sc10123028112345",
            "maker": "示例米厂",
            "maker_address": "示例路 1 号",
            "maker_contact": "0452-0000000",
            "shelf_days": "180",
            "storage": "阴凉干燥",
        }
        decide(listings.submitted(seller, **label))

        assert FoodLabel.objects.get().licence_number == "SC10123028112345"
        assert "GB/T 1354" in client.get(Product.objects.get().get_absolute_url()).content.decode()

    def test_a_description_with_script_is_only_text(self, seller, client):
        decide(listings.submitted(seller, description="好米<script>alert(1)</script>\n新碾"))

        page = client.get(Product.objects.get().get_absolute_url()).content.decode()
        assert "<script>alert" not in page
        assert "新碾" in page


class TestAnEdit:
    def test_that_is_risky_waits_and_the_live_page_stays(self, seller, client, good):
        draft = edited(good, title="五常大米")

        assert draft.state == "waiting"
        assert "五常大米" not in client.get(good.get_absolute_url()).content.decode()
        decide(draft)
        good.refresh_from_db()
        assert (good.title, Product.objects.count(), StockRecord.objects.count()) == ("五常大米", 1, 1)

    def test_that_is_harmless_is_live_at_once(self, seller, good):
        draft = edited(good, season_from="10", season_to="3", storage="阴凉")

        good.refresh_from_db()
        assert draft.state == "approved"
        assert (good.season_from, good.storage) == (10, "阴凉")
        assert Event.objects.filter(name="listing_published").count() == 1

    def test_with_words_whose_certificate_ended_waits_and_reviewers_are_told(self, good, desk):
        day = timezone.localdate()
        dates = {"valid_from": day - timedelta(days=9), "valid_until": day, "checked_on": day}
        paper = Certificate.objects.create(seller=good.seller, kind="organic", number="DEMO-1", **dates)
        paper.products.add(good)
        Product.objects.update(title="有机新米")
        good.refresh_from_db()
        assert edited(good, storage="阴凉").state == "approved"

        Certificate.objects.update(valid_until=day - timedelta(days=1))
        draft = edited(good, storage="干燥")

        assert draft.state == "waiting"
        assert "没有有效证书：有机" in desk.get(f"{QUEUE}{draft.pk}/").content.decode()

    def test_with_words_above_all_others_waits_and_reviewers_are_told(self, good, desk):
        draft = edited(good, description="全国第一")

        assert draft.state == "waiting"
        assert "广告法第九条禁止的绝对化用语：全国第一" in desk.get(f"{QUEUE}{draft.pk}/").content.decode()

    def test_with_words_above_all_others_is_approved_by_who_says_they_were_read(self, good, desk):
        draft = edited(good, description="全国第一")

        refused = answered(desk, draft, verdict="approve")
        assert refused.status_code == 422 and "这些词我已看过，同意保留：全国第一" in refused.content.decode()
        assert Draft.objects.get(pk=draft.pk).state == "waiting"

        assert answered(desk, draft, verdict="approve", has_read="on").status_code == 302
        assert Draft.objects.get(pk=draft.pk).state == "approved"

    def test_with_words_above_all_others_is_given_back_without_a_tick(self, good, desk):
        draft = edited(good, description="全国第一")

        assert answered(desk, draft, verdict="ask", note="请改").status_code == 302

    def test_of_nothing_is_live_at_once(self, seller, good):
        assert edited(good).state == "approved"

    @pytest.mark.parametrize("weight", [("10", "jin"), ("5000", "g"), ("5.0", "kg"), ("５kg", "kg")], ids=str)
    def test_that_says_the_same_weight_otherwise_is_live_at_once(self, seller, good, weight):
        typed, unit = weight

        assert edited(good, weight=typed, weight_unit=unit).state == "approved"

    def test_of_the_weight_is_shown_with_its_unit(self, seller, good, desk):
        draft = edited(good, weight="5", weight_unit="jin")

        page = BeautifulSoup(desk.get(f"{QUEUE}{draft.pk}/").content, "html.parser")
        rows = [[cell.text for cell in row.find_all(("th", "td"))] for row in page.select("tbody tr")]
        assert rows == [["净含量", "5 kg", "5 斤"]]

    def test_with_another_picture_waits(self, seller, good):
        draft = actions.begin_edit(product=good, by=None, at=timezone.now())
        photos.add(draft=draft, key=uuid.uuid4(), file=listings.photo("green"))

        draft = actions.submit(draft=draft, by=None, at=timezone.now())
        assert (draft.state, good.images.count()) == ("waiting", 1)
        decide(draft)
        assert [image.display_order for image in good.images.all()] == [0, 1]

    def test_leaves_price_and_stock_as_they_are_by_then(self, seller, good):
        draft = edited(good, title="五常大米")
        StockRecord.objects.update(num_in_stock=3, price="49.90")

        decide(draft)

        pack = Product.objects.get()
        assert (pack.available, str(pack.price)) == (3, "49.90")

    def test_of_several_packs_keeps_them(self, seller):
        whole = Product.objects.create(
            structure="parent",
            title="新米",
            seller=seller,
            product_class=shop.product(seller).product_class,
            origin="230281",
        )
        whole.categories.add(listings.category())
        Product.objects.create(structure="child", parent=whole, title="新米", pack="5kg/袋", net_weight_g=5000)
        draft = actions.begin_edit(product=whole, by=None, at=timezone.now())
        photos.add(draft=draft, key=uuid.uuid4(), file=listings.photo())

        decide(actions.submit(draft=draft, by=None, at=timezone.now()))

        assert [child.pack for child in whole.children.all()] == ["5kg/袋"]


class TestTheDesk:
    def test_shows_what_waits_and_both_sides_of_an_edit(self, seller, desk, good):
        draft = edited(good, title="五常大米")

        assert "五常大米" in desk.get(QUEUE).content.decode()
        row = BeautifulSoup(desk.get(f"{QUEUE}{draft.pk}/").content, "html.parser").select("tbody tr")
        assert [cell.text for cell in row[0].select("th, td")] == ["商品标题", "讷河新米", "五常大米"]

    def test_approves_with_one_press_and_a_second_does_no_harm(self, seller, desk, reviewer):
        draft = listings.submitted(seller)

        answers = [answered(desk, draft, read=draft.mark, verdict="approve") for _press in range(2)]

        assert {answer.status_code for answer in answers} == {302}
        assert "已审完或被撤回" in desk.get(QUEUE).content.decode()
        assert Product.objects.count() == 1
        assert Decision.objects.get().by == reviewer
        assert "讷河新米" in desk.get(f"{QUEUE}decided/").content.decode()

    def test_approves_nothing_that_was_submitted_anew_meanwhile(self, seller, desk):
        draft = listings.submitted(seller)
        page = BeautifulSoup(desk.get(f"{QUEUE}{draft.pk}/").content, "html.parser")
        read = page.select_one("[name=read]")["value"]
        actions.take_back(draft=draft, by=None)
        words = draft.words | {"title": "没人看过的标题"}
        actions.keep(key=draft.key, seller=seller, words=words, by=None, at=timezone.now())
        actions.submit(draft=draft, by=None, at=timezone.now())

        refused = answered(desk, draft, read=read, verdict="approve")

        assert refused.url == f"{QUEUE}{draft.pk}/" and "请重新看过再决定" in desk.get(refused.url).content.decode()
        assert not Product.objects.exists() and not Decision.objects.exists()

    @pytest.mark.parametrize("read", ["", "0" * 20])
    def test_approves_nothing_without_the_mark_of_its_page(self, seller, desk, read):
        draft = listings.submitted(seller)

        desk.post(f"{QUEUE}{draft.pk}/", {"verdict": "approve", "read": read})

        assert Draft.objects.get().state == "waiting"

    @pytest.mark.parametrize("verdict", ["ask", "reject"])
    def test_wants_a_reason_and_gives_it_to_the_seller(self, seller, desk, client, verdict):
        draft = listings.submitted(seller)

        assert answered(desk, draft, verdict=verdict, note=" ").status_code == 422
        answered(desk, draft, verdict=verdict, note="照片太暗，请重拍。")

        assert not Product.objects.exists()
        assert "照片太暗" in client.get(listings.address(draft.key)).content.decode()
        assert "照片太暗" in Notice.objects.get().body
        assert client.post(listings.address(draft.key), listings.words() | {"do": "submit"}).status_code == 302

    def test_a_draft_never_submitted_is_its_sellers_own(self, seller, desk):
        assert desk.get(f"{QUEUE}{listings.draft(seller).pk}/").status_code == 404

    def test_is_no_room_for_a_seller(self, seller, client):
        assert client.get(QUEUE).status_code == 403

    def test_an_unknown_verdict_is_refused(self, seller, desk):
        draft = listings.submitted(seller)

        assert answered(desk, draft, verdict="burn").status_code == 422

    def test_asks_the_database_as_often_for_many_as_for_one(self, seller, desk):
        counts = []
        for times in (1, 9):
            for _time in range(times):
                listings.submitted(seller)
            with CaptureQueriesContext(connection) as queries:
                desk.get(QUEUE)
            counts.append(len(queries))

        assert counts[0] == counts[1]

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_reads_in_both_languages(self, seller, desk, prefix):
        draft = listings.submitted(seller)

        for page in ("", "decided/", f"{draft.pk}/"):
            assert desk.get(f"{prefix}{QUEUE}{page}").status_code == 200


def test_two_reviewers_at_once_decide_once(seller):
    draft = listings.submitted(seller)
    decide(draft)

    with pytest.raises(IllegalMove):
        decide(draft, "reject", "晚了")

    assert Product.objects.count() == 1
