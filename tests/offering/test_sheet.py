"""Goods as a table and back."""

from decimal import Decimal
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from marketplace.catalogue.models import Product
from marketplace.core import imports, tables
from marketplace.core.models import ImportRun
from marketplace.offering.models import Draft, PriceChange
from marketplace.offering.sheet import (
    HEADERS,
    LOW,
    NUMBER,
    PRICE,
    SHELF,
    STOCK,
    TITLE,
    WEIGHT,
    GoodsImporter,
    workbook,
)
from marketplace.partner import actions as partner
from marketplace.partner.models import Partner, StockRecord
from tests import listings, shop

pytestmark = pytest.mark.django_db
TABLE = "/seller/products/table/"


@pytest.fixture
def seller(client, django_user_model):
    return listings.owner(client, django_user_model)


@pytest.fixture
def good(seller):
    made = shop.product(seller, stock=10, origin="230281")
    made.categories.add(listings.category())
    return made


def changed(seller, **cells):
    """The seller's table with cells of its first row changed, by header."""
    book = load_workbook(BytesIO(workbook(seller)))
    for header, value in cells.items():
        book.active.cell(2, HEADERS.index(header) + 1, value)
    return saved(book)


def saved(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def bring(client, data):
    return client.post(TABLE, {"file": SimpleUploadedFile("goods.xlsx", data)})


def looked(seller, data):
    """What a table would do."""
    rows = list(tables.read_table(BytesIO(data), "goods.xlsx").rows)
    return imports.look(GoodsImporter(seller, None, timezone.now(), rows), rows)


def carry_out(client, answer):
    sealed = BeautifulSoup(answer.content, "html.parser").select_one("[name=sealed]")["value"]
    return client.post(TABLE, {"sealed": sealed}, follow=True)


class TestTheRoundTrip:
    def test_of_every_demonstration_listing_changes_nothing(self, demo):
        packs = 0
        for seller in Partner.objects.all():
            table = tables.read_table(BytesIO(workbook(seller)), "goods.xlsx")
            report = imports.look(GoodsImporter(seller, None, timezone.now()), table.rows)
            packs += report.read
            assert (report.new, report.updated, report.errors) == (0, 0, [])

        assert packs == 42


class TestBringingIt:
    def test_shows_what_it_would_do_and_changes_nothing_yet(self, client, seller, good):
        answer = bring(client, changed(seller, **{PRICE: 49.9}))

        assert [cell.text for cell in BeautifulSoup(answer.content, "html.parser").select(".sums dd")] == list("0100")
        assert str(Product.objects.get().price) == "59.90"

    def test_carries_out_what_was_looked_at(self, client, seller, good):
        carry_out(client, bring(client, changed(seller, **{PRICE: "４９.90元", STOCK: 25, LOW: 8})))

        record = StockRecord.objects.get()
        assert (record.price, record.num_in_stock, record.low_stock_threshold) == (Decimal("49.90"), 25, 8)
        assert PriceChange.objects.count() == 2

    def test_keeps_what_is_promised(self, client, seller, good):
        shop.buy(good, quantity=3)

        carry_out(client, bring(client, changed(seller, **{STOCK: 20})))

        assert (StockRecord.objects.get().num_in_stock, Product.objects.get().available) == (23, 20)

    def test_keeps_what_is_promised_while_it_is_read(self, seller, good):
        report = looked(seller, changed(seller, **{STOCK: 20}))
        shop.buy(good, quantity=3)

        GoodsImporter(seller, None, timezone.now()).save(report.meanings[0][1], None, timezone.now())

        assert (StockRecord.objects.get().num_in_stock, Product.objects.get().available) == (23, 20)

    @pytest.mark.parametrize(
        ("header", "value"),
        [
            (PRICE, "五9.9"),
            (PRICE, ""),
            (PRICE, "-1"),
            (PRICE, "1.234"),
            (PRICE, "NaN"),
            (STOCK, "1.5"),
            (STOCK, "many"),
            (TITLE, "五常大米"),
            (NUMBER, "999999"),
            (NUMBER, "x"),
        ],
    )
    def test_a_row_that_is_wrong_is_refused_in_words_and_stops_no_other(self, client, seller, good, header, value):
        shop.product(seller, title="第二样")

        answer = bring(client, changed(seller, **{header: value, LOW: 3}))

        errors = BeautifulSoup(answer.content, "html.parser").select(".field__error")
        assert len(errors) == 1
        assert "2" in errors[0].text
        assert not StockRecord.objects.filter(low_stock_threshold=3).exists()

    def test_a_row_without_a_number_becomes_one_draft_however_often_it_comes(self, client, seller, good):
        listings.category("杂粮")
        cells = {NUMBER: "", TITLE: "小米", SHELF: "杂粮", PRICE: 12, STOCK: 5}
        for _time in range(2):
            answer = bring(client, changed(seller, **cells))
            if _time == 0:
                carry_out(client, answer)

        draft = Draft.objects.get()
        assert (draft.title, draft.words["price"], draft.words["weight"]) == ("小米", "12.00", "5000")
        assert [cell.text for cell in BeautifulSoup(answer.content, "html.parser").select(".sums dd")] == list("0010")

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00\x01\x02"])
    def test_a_file_that_is_no_table_is_refused_or_read_as_nothing(self, client, seller, data):
        assert bring(client, data).status_code in {200, 422}
        assert not ImportRun.objects.exists()

    def test_a_seal_of_another_seller_or_none_does_nothing(self, client, seller, good, django_user_model):
        answer = bring(client, changed(seller, **{PRICE: 1}))
        listings.owner(client, django_user_model, mobile="13900000003", of=shop.seller("别家样例店"))

        carry_out(client, answer)
        client.post(TABLE, {"sealed": "x"})

        assert str(Product.objects.get().price) == "59.90"

    def test_pressed_twice_changes_once(self, client, seller, good):
        answer = bring(client, changed(seller, **{PRICE: 49.9}))
        for _press in range(2):
            carry_out(client, answer)

        assert [run.updated for run in ImportRun.objects.order_by("id")] == [1, 0]


class TestUndo:
    def test_puts_prices_and_stock_back(self, client, seller, good):
        carry_out(client, bring(client, changed(seller, **{PRICE: 49.9, STOCK: 3})))

        client.post(reverse("seller:goods-table-undo", args=[ImportRun.objects.get().pk]))

        record = StockRecord.objects.get()
        assert (str(record.price), record.num_in_stock) == ("59.90", 10)

    def test_of_another_sellers_import_is_not_there(self, client, seller, good, django_user_model):
        carry_out(client, bring(client, changed(seller, **{PRICE: 49.9})))
        listings.owner(client, django_user_model, mobile="13900000003", of=shop.seller("别家样例店"))

        answer = client.post(reverse("seller:goods-table-undo", args=[ImportRun.objects.get().pk]))

        assert answer.status_code == 404
        assert str(Product.objects.get().price) == "49.90"


def test_another_sellers_pack_is_not_in_the_table(seller, good):
    others = shop.product(shop.seller("别家样例店"))
    book = load_workbook(BytesIO(workbook(seller)))
    book.active.cell(2, 1, others.pk)

    table = tables.read_table(BytesIO(saved(book)), "goods.xlsx")
    report = imports.look(GoodsImporter(seller, None, timezone.now()), table.rows)

    assert (report.updated, report.refused) == (0, 1)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_reads_in_both_languages(client, seller, good, prefix):
    assert client.get(f"{prefix}{TABLE}").status_code == 200
    assert client.get(f"{prefix}{TABLE}file/").headers["Content-Type"].endswith("sheet")


class TestSeveralPacks:
    def rows(self, seller, *packs):
        book = load_workbook(BytesIO(workbook(seller)))
        for number, (grams, price, stock) in enumerate(packs, start=2):
            for header, value in {TITLE: "讷河小米", WEIGHT: grams, PRICE: price, STOCK: stock}.items():
                book.active.cell(number, HEADERS.index(header) + 1, value)
        return saved(book)

    def test_of_one_title_are_one_draft_however_often_they_are_brought(self, client, seller):
        data = self.rows(seller, (2500, "19.90", 4), (5000, "36.00", 8), (10000, "69.00", 2))

        carry_out(client, bring(client, data))

        assert looked(seller, data).unchanged == 3
        words = Draft.objects.get().words
        assert [words[name] for name in ("weight", "weight_2", "weight_3")] == ["2500", "5000", "10000"]
        assert (words["price_3"], words["stock_3"], words["weight_unit"]) == ("69.00", "2", "g")

    def test_refuses_the_row_that_is_wrong_and_keeps_the_others(self, client, seller):
        data = self.rows(seller, (2500, "19.90", 4), (5000, "3b.00", 8), (10000, "69.00", 2))

        carry_out(client, bring(client, data))

        words = Draft.objects.get().words
        assert ImportRun.objects.get().refused == 1
        assert (words["weight_2"], "weight_3" in words) == ("10000", False)

    def test_can_be_taken_back(self, client, seller):
        carry_out(client, bring(client, self.rows(seller, (2500, "19.90", 4), (5000, "36.00", 8))))

        imports.undo(run=ImportRun.objects.get(), by=None, at=timezone.now())

        assert not Draft.objects.exists()


class TestLooseGoods:
    @pytest.fixture
    def filled(self, good):
        pool = partner.make_pool(seller=good.seller, name="散装", grams=17_000, by=None)
        return partner.fill_from(record=good.stockrecords.get(), pool=pool, by=None)

    def test_go_out_and_come_back_without_a_change(self, seller, filled):
        report = looked(seller, workbook(seller))

        assert (report.unchanged, report.read) == (1, 1)

    def test_are_not_counted_by_the_pack(self, seller, filled):
        assert "散货" in looked(seller, changed(seller, **{STOCK: 30})).errors[0]["why"]

    def test_change_their_price_and_nothing_else(self, client, seller, filled):
        carry_out(client, bring(client, changed(seller, **{PRICE: 49.9})))

        record = StockRecord.objects.get()
        assert (str(record.price), record.num_in_stock, record.free) == ("49.90", 0, 3)

    def test_of_a_supplier_cost_at_least_the_floor(self, seller, good):
        heap = partner.make_pool(seller=shop.seller("样例合作社"), name="新米", grams=50_000, by=None)
        grant = partner.grant_supply(
            pool=heap,
            seller=seller,
            floor_per_kg=Decimal("10.00"),
            starts_on=timezone.localdate(),
            by=None,
            at=timezone.now(),
        )
        partner.fill_from(record=good.stockrecords.get(), pool=heap, grant=grant, by=None)

        assert "50.00" in looked(seller, changed(seller, **{PRICE: 49.99})).errors[0]["why"]
