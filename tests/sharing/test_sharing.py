"""Sharing: a short link that remembers who shared, orders that carry it, and a poster."""

import uuid
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from marketplace.accounts.models import User
from marketplace.catalogue.models import Listing
from marketplace.order.models import Order
from marketplace.payment import actions as payments
from marketplace.seller import home, team
from marketplace.seller.capabilities import TeamRole
from marketplace.sharing import actions, facts, memory, poster
from marketplace.sharing.models import Carried, ShareLink
from tests import shop
from tests.cases import photo
from tests.checkout.test_pages_checkout import looked, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    user = User.objects.create_user(mobile="13900000401", nickname="样例店主")
    team.join(seller=shop.seller(fee="6.00"), user=user, role=TeamRole.OWNER)
    return user


@pytest.fixture
def seller(owner):
    return owner.memberships.get().seller


@pytest.fixture
def goods(seller):
    return shop.product(seller)


COUNTY = {"area-0": "230000", "area-1": "230200", "area-2": "230281"}


def made(seller, product=None, **changes) -> ShareLink:
    given = {"sharer": "campaign", "label": "秋收样例", "key": uuid.uuid4(), "by": None, "at": timezone.now()} | changes
    return actions.make(seller=seller, product=product, **given)


def buy(goods, code: str = ""):
    return shop.buy(goods, shared=code)


class TestLink:
    def test_leads_to_the_goods_and_is_remembered(self, client, seller, goods):
        link = made(seller, goods)

        answer = client.get(link.address)

        assert answer.url == goods.get_absolute_url()
        cookie = client.cookies[memory.COOKIE]
        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", memory.SECONDS)
        assert link.label not in answer.url + cookie.value

    def test_leads_to_the_shop(self, client, seller):
        assert client.get(made(seller).address).url == seller.get_absolute_url()

    @pytest.mark.parametrize("more", ["?next=https://evil.example/", "?url=//evil.example", "?to=javascript:alert(1)"])
    def test_leads_nowhere_else_whatever_is_asked(self, client, seller, more):
        assert client.get(made(seller).address + more).url == seller.get_absolute_url()

    @pytest.mark.parametrize("code", ["zzzzzzzz", "https:", "..", "a" * 60])
    def test_unknown_is_not_found(self, client, code):
        assert client.get(f"/s/{code}/").status_code == 404
        assert memory.COOKIE not in client.cookies

    def test_counts_a_browser_once(self, client, seller):
        link = made(seller)

        for _n in range(3):
            client.get(link.address)
        client.head(link.address)

        link.refresh_from_db()
        assert link.visits == 1

    def test_names_nobody(self, seller):
        link = made(seller, label="阿姨 13812345678", sharer="person")

        assert link.label == "阿姨 138****5678"
        assert link.address == f"/s/{link.code}/"
        assert len(link.code) == 8

    def test_ended_leads_on_and_remembers_nobody(self, client, seller):
        link = made(seller)
        actions.end(link=link, by=None, at=timezone.now())

        assert client.get(link.address).url == seller.get_absolute_url()
        assert memory.COOKIE not in client.cookies
        link.refresh_from_db()
        assert link.visits == 0


class TestMemory:
    def test_holds_the_last_link(self, client, seller, rf):
        first, second = made(seller), made(seller)
        for link in (first, second):
            client.get(link.address)

        assert remembered(client, rf) == second.code

    def test_lasts_seven_days(self, client, seller, rf, monkeypatch):
        client.get(made(seller).address)
        kept, written = remembered(client, rf), timezone.now()
        monkeypatch.setattr("time.time", lambda: (written + timedelta(days=7, seconds=5)).timestamp())

        assert kept
        assert remembered(client, rf) == ""

    def test_believes_nobody_else(self, client, seller, rf):
        client.cookies[memory.COOKIE] = made(seller).code

        assert remembered(client, rf) == ""


def remembered(client, rf) -> str:
    request = rf.get("/")
    request.COOKIES = {name: each.value for name, each in client.cookies.items()}
    return memory.remembered(request)


class TestOrders:
    def test_carry_the_link_of_their_seller(self, seller, goods):
        other = shop.product(shop.seller("别家样例店", fee="6.00"))
        link = made(seller, goods)

        shop.buy(goods, other, shared=link.code)

        assert list(Carried.objects.values_list("order__seller", "link")) == [(seller.pk, link.pk)]

    @pytest.mark.parametrize("code", ["", "zzzzzzzz"])
    def test_carry_nothing_without_a_link(self, goods, code):
        buy(goods, code)

        assert not Carried.objects.exists()

    def test_do_not_carry_an_ended_link(self, seller, goods):
        link = made(seller)
        actions.end(link=link, by=None, at=timezone.now())

        buy(goods, link.code)

        assert not Carried.objects.exists()

    def test_pressed_twice_carry_it_once(self, seller, goods):
        link, purchase = made(seller), buy(goods)

        for _n in range(2):
            actions.carry(purchase=purchase, code=link.code, at=timezone.now())

        assert Carried.objects.count() == 1

    def test_count_once_paid(self, seller, goods):
        link, purchase = made(seller), None
        purchase = buy(goods, link.code)
        assert ShareLink.objects.with_orders().get(pk=link.pk).orders == 0

        payments.complete(attempt=purchase.attempts.get(), at=timezone.now())

        assert ShareLink.objects.with_orders().get(pk=link.pk).orders == 1

    def test_add_nothing_to_sales(self, seller, goods):
        """The same day, with and without the link, to the fen."""
        plain = buy(goods)
        payments.complete(attempt=plain.attempts.get(), at=timezone.now())
        today = timezone.localdate()
        without = home.sold_by_day(seller, today)[-1]
        order = Order.objects.get()

        actions.carry(purchase=plain, code=made(seller).code, at=timezone.now())
        actions.carry(purchase=plain, code=made(seller, goods).code, at=timezone.now())

        assert home.sold_by_day(seller, today)[-1] == without
        assert (without.packs, without.amount) == (1, Decimal("59.90"))
        assert Order.objects.get().total_incl_tax == order.total_incl_tax

    def test_carry_it_from_the_checkout_page(self, client, seller, goods):
        shop.country()
        link = made(seller)
        client.get(link.address)
        client.post(reverse("basket:add"), {"product": goods.pk, "quantity": 1})

        press(client, looked(client))

        assert Carried.objects.get().link == link


class TestPoster:
    @pytest.fixture
    def found(self, goods) -> facts.Facts:
        default_storage.save("goods/a.webp", photo("brown"))
        return facts.Facts(
            picture="goods/a.webp",
            title="齐齐哈尔新米" * 9,
            price="¥59.90",
            unit="¥5.99/斤",
            about="5kg/袋",
            shop="样例粮铺",
            hint="长按识别二维码",
            brand="雁行",
            note="",
            link="https://example.org/s/abcdefgh/",
        )

    @pytest.mark.parametrize("extension", ["webp", "png"])
    def test_is_one_picture(self, found, extension):
        data = poster.picture(found, extension)

        picture = Image.open(BytesIO(data))
        assert picture.format == extension.upper()
        assert picture.size == (poster.WIDTH, poster.HEIGHT)
        assert len(data) < 300_000

    def test_shows_the_photo_and_the_code(self, found):
        sheet = poster.draw(found)

        assert sheet.getpixel((375, 375)) == pytest.approx((165, 42, 42), abs=12)
        corner = sheet.crop((poster.WIDTH - 260, poster.HEIGHT - 250, poster.WIDTH - 20, poster.HEIGHT - 20))
        assert corner.getcolors(100_000)[0][0] > 3000

    def test_is_drawn_once_for_the_same_words(self, found, monkeypatch):
        poster.picture(found, "webp")
        monkeypatch.setattr(poster, "draw", lambda _facts: pytest.fail("drawn again"))

        poster.picture(found, "webp")

    @pytest.mark.parametrize("change", [{"price": "¥1.00"}, {"title": "别的"}, {"link": "https://example.org/s/b/"}])
    def test_is_drawn_anew_for_others(self, found, change):
        assert replace(found, **change).digest != found.digest

    @pytest.mark.parametrize("text", ["", "A" * 90, "一" * 90, "supercalifragilistic " * 9])
    def test_keeps_lines_within_their_width(self, text):
        lines = poster.lines(text, 40, 600, most=2)

        assert len(lines) <= 2
        assert all(poster.font(40).getlength(line) <= 640 or " " not in line for line in lines)

    def test_of_goods_says_todays_price(self, client, goods, rf):
        listing = Listing.objects.select_related("seller").get(product=goods)

        found = facts.of_listing(listing, "https://example.org/")

        assert (found.title, found.price, found.unit) == (goods.title, "¥59.90", "¥5.99/斤")
        place = reverse("sharing:product-poster", args=[goods.pk, "png"])
        assert client.get(place).content[:4] == b"\x89PNG"

    def test_of_goods_off_the_shelf_is_not_there(self, client, goods):
        goods.is_public = False
        goods.save()

        assert client.get(reverse("sharing:product-poster", args=[goods.pk, "png"])).status_code == 404

    def test_of_a_shop_and_without_a_picture(self, client, seller):
        answer = client.get(reverse("sharing:shop-poster", args=[seller.slug, "webp"]))

        assert answer.headers["Content-Type"] == "image/webp"
        again = client.get(
            reverse("sharing:shop-poster", args=[seller.slug, "webp"]),
            headers={"If-None-Match": answer.headers["ETag"]},
        )
        assert again.status_code == 304

    @pytest.mark.parametrize("extension", ["svg", "exe", "webp.html"])
    def test_knows_two_kinds_of_file(self, client, seller, extension):
        assert client.get(f"/s/shop/{seller.slug}/poster.{extension}").status_code == 404


class TestSellersPage:
    def test_makes_one_link_however_often_it_is_pressed(self, client, owner):
        client.force_login(owner)
        form = {"sharer": "county", "label": "讷河样例", "key": str(uuid.uuid4())} | COUNTY

        answers = [client.post("/seller/links/", form) for _n in range(2)]

        link = ShareLink.objects.get()
        assert {answer.url for answer in answers} == {reverse("seller:link", args=[link.pk])}
        page = client.get(answers[0].url).content.decode()
        assert link.code in page and "讷河市" in page

    @pytest.mark.parametrize("place", [{}, {"area-0": "230000", "area-1": "230200"}], ids=["none", "a city"])
    def test_asks_which_county_it_is(self, client, owner, place):
        client.force_login(owner)

        page = client.post("/seller/links/", {"sharer": "county", "label": "x"} | place)

        assert page.status_code == 422
        assert "请选择分享的县" in page.content.decode()

    def test_notes_no_county_of_a_person(self, client, owner):
        client.force_login(owner)

        client.post("/seller/links/", {"sharer": "person", "label": "阿姨"} | COUNTY)

        assert ShareLink.objects.get().area == ""

    def test_lists_visits_and_orders_in_the_same_number_of_queries(self, client, owner, seller):
        client.force_login(owner)
        made(seller)
        client.get("/seller/links/")
        with CaptureQueriesContext(connection) as one:
            client.get("/seller/links/")
        for _n in range(5):
            made(seller)
        with CaptureQueriesContext(connection) as many:
            page = client.get("/seller/links/")

        assert len(many) == len(one)
        assert len(BeautifulSoup(page.content, "html.parser").select(".crew > li")) == 6

    def test_offers_her_own_goods_only(self, client, owner):
        stranger = shop.product(shop.seller("别家样例店"))
        client.force_login(owner)

        answer = client.post("/seller/links/", {"sharer": "campaign", "label": "x", "product": stranger.pk})

        assert answer.status_code == 422
        assert not ShareLink.objects.exists()

    def test_keeps_what_was_typed(self, client, owner):
        client.force_login(owner)

        page = client.post("/seller/links/", {"sharer": "", "label": "秋收样例"})

        assert page.status_code == 422
        assert "秋收样例" in page.content.decode()

    def test_gives_a_table(self, client, owner, seller):
        client.force_login(owner)
        made(seller)

        assert client.get("/seller/links/table/").content[:2] == b"PK"
