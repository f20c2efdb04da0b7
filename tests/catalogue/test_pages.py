"""Lists, search, facets and product pages, with real rows."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from marketplace.catalogue import actions
from marketplace.catalogue.models import Category, FacetCell, Listing, Product
from marketplace.partner.models import StockRecord
from tests import shop

pytestmark = pytest.mark.django_db

GOODS = [
    ("齐齐哈尔大米", "230281", "米面粮油", "59.90", 10, 3),
    ("五常大米 稻花香", "230184", "米面粮油", "89.00", 10, 3),
    ("沁州黄小米", "140430", "五谷杂粮", "45.00", 9, 10),
    ("东宁黑木耳", "231086", "菌菇干货", "39.90", None, None),
    ("赣南脐橙", "360722", "新鲜水果", "52.80", 11, 1),
]


@pytest.fixture
def shelf():
    """Five goods of two shops, listed."""
    sellers = [shop.seller("黑土样例店"), shop.seller("山里样例店")]
    shelves = {}
    for number, (title, area, category, price, first, last) in enumerate(GOODS):
        good = shop.product(
            sellers[number % 2],
            title,
            price=price,
            origin=area,
            season_from=first,
            season_to=last,
            title_en=f"Good {number}",
        )
        shelves.setdefault(category, None)
        shelves[category] = shelves[category] or Category.add_root(name=category)
        good.categories.add(shelves[category])
    actions.refresh_all()


def titles(answer):
    page = BeautifulSoup(answer.content, "html.parser")
    return [link.text for link in page.select(".list__main .pcard__name a")]


class TestSearch:
    @pytest.mark.parametrize(
        ("typed", "first", "hits"),
        [
            ("大米", "齐齐哈尔大米", 2),
            ("米", "齐齐哈尔大米", 3),
            ("齐齐哈尔大米", "齐齐哈尔大米", 1),
            ("黑龙江 大米", "齐齐哈尔大米", 2),
            ("稻花香", "五常大米 稻花香", 1),
            ("dami", "齐齐哈尔大米", 2),
            ("heimuer", "东宁黑木耳", 1),
            ("大迷", "齐齐哈尔大米", 2),
            ("齐齐哈尔大来", "齐齐哈尔大米", 1),
            ("黑土样例店", "齐齐哈尔大米", 3),
        ],
    )
    def test_finds(self, client, shelf, typed, first, hits):
        found = titles(client.get("/products/", {"q": typed}))

        assert found[0] == first
        assert len(found) == hits

    @pytest.mark.parametrize("language", ["", "/en"])
    def test_says_what_to_try_when_nothing_is_found(self, client, shelf, language):
        answer = client.get(f"{language}/products/", {"q": "拖拉机"})

        assert titles(answer) == []
        assert "dami" in answer.content.decode()

    @pytest.mark.parametrize(
        "asked",
        [
            {"q": '"*^:-() OR AND NEAR'},
            {"q": "米" * 5000},
            {"q": "' OR 1=1 --"},
            {"page": "abc"},
            {"page": "-1"},
            {"page": "999999999999999999999"},
            {"per": "-5", "sort": "drop", "price": "9999", "province": "zz", "certificate": "<script>"},
        ],
    )
    def test_survives_hostile_addresses(self, client, shelf, asked):
        assert client.get("/products/", asked).status_code == 200

    def test_refuses_what_nobody_can_type(self, client, shelf):
        assert client.get("/products/", {"q": "大米\x00"}).status_code == 400

    def test_suggests_titles(self, client, shelf):
        assert client.get("/products/suggest/", {"q": "大米"}).json()["titles"][0] == "齐齐哈尔大米"


class TestFacets:
    @pytest.mark.parametrize(
        "start", ["/products/", "/products/?q=米", "/products/?province=23", "/products/?season=now"]
    )
    def test_every_number_equals_what_a_click_shows(self, client, shelf, start):
        page = BeautifulSoup(client.get(start).content, "html.parser")
        chips = page.select(".list__side .chip")

        assert chips
        for chip in chips:
            if chip.get("aria-current"):
                continue
            href = chip["href"] if chip["href"].startswith("/") else f"/products/{chip['href']}"
            assert len(titles(client.get(href))) == int(chip.small.text), chip.text

    def test_follow_stock_and_price(self, shelf):
        before = sum(FacetCell.objects.values_list("count", flat=True))
        good = Product.objects.get(title="沁州黄小米")
        StockRecord.objects.filter(product=good).update(num_in_stock=0)
        actions.sync_stock([good.pk])

        assert not Listing.objects.get(pk=good.pk).is_in_stock
        assert FacetCell.objects.get(is_in_stock=False, count__gt=0).count == 1
        assert sum(FacetCell.objects.values_list("count", flat=True)) == before


class TestCards:
    def test_put_the_pack_they_show_into_the_basket(self, client, shelf):
        page = BeautifulSoup(client.get("/products/", {"q": "齐齐哈尔大米"}).content, "html.parser")
        button = page.select_one("button.pcard__add")
        form = page.find("form", id=button["form"])
        sent = {field["name"]: field["value"] for field in form.select("input")} | {button["name"]: button["value"]}

        client.post(form["action"], sent)

        assert "齐齐哈尔大米" in client.get("/basket/").text

    def test_offer_nothing_that_is_sold_out(self, client, shelf):
        StockRecord.objects.filter(product__title="齐齐哈尔大米").update(num_in_stock=0)
        actions.refresh_all()

        page = BeautifulSoup(client.get("/products/", {"q": "齐齐哈尔大米"}).content, "html.parser")

        assert page.select(".pcard") and not page.select(".pcard__add")


class TestQueries:
    def test_do_not_grow_with_the_list(self, client, shelf, django_assert_max_num_queries):
        with django_assert_max_num_queries(12):
            client.get("/products/")
        seller = shop.seller("大店")
        for number in range(40):
            shop.product(seller, f"豆 {number}")
        actions.refresh_all()
        with django_assert_max_num_queries(12):
            assert len(titles(client.get("/products/?per=48"))) == 45

    def test_of_a_product_page_are_few(self, client, shelf, django_assert_max_num_queries):
        url = Product.objects.get(title="齐齐哈尔大米").get_absolute_url()
        with django_assert_max_num_queries(13):
            client.get(url)


class TestProductPage:
    @pytest.mark.parametrize(("language", "title"), [("", "齐齐哈尔大米"), ("/en", "Good 0")])
    def test_speaks_both_languages(self, client, shelf, language, title):
        product = Product.objects.get(title="齐齐哈尔大米")

        page = BeautifulSoup(client.get(f"{language}{product.get_absolute_url()}").content, "html.parser")

        assert page.h1.text == title
        assert "5.99" in page.select_one(".pd__price").text

    def test_is_gone_when_the_product_is(self, client, shelf):
        product = Product.objects.get(title="齐齐哈尔大米")
        Product.objects.filter(pk=product.pk).update(is_public=False)

        assert client.get(product.get_absolute_url()).status_code == 404

    def test_shows_typed_script_as_text(self, client):
        good = shop.product(
            shop.seller(), "<script>alert(1)</script>米", description="<img src=x onerror=alert(1)><p>好米</p>"
        )
        actions.refresh_all()

        text = client.get(good.get_absolute_url()).content.decode()

        assert "<script>alert" not in text
        assert "onerror" not in text
        assert "<p>好米</p>" in text


@pytest.mark.parametrize("language", ["", "/en"])
def test_shops_show_their_goods_and_licence(client, shelf, language):
    seller = Product.objects.get(title="齐齐哈尔大米").seller

    page = BeautifulSoup(client.get(f"{language}{reverse('sellers:shop', args=[seller.slug])}").content, "html.parser")

    assert len(page.select(".pcard")) == 3


def test_sitemap_names_every_product_in_both_languages(client, shelf):
    text = client.get("/sitemap-products.xml").content.decode()

    assert text.count("<loc>") == 2 * Listing.objects.count()
