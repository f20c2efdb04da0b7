"""Many orders shipped with one table."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.core.tables import read_table, write_csv, write_xlsx
from marketplace.order.models import Order, Parcel
from marketplace.seller import team
from marketplace.seller.capabilities import TeamRole
from tests import shop
from tests.cases import an_order

pytestmark = pytest.mark.django_db
HEADERS = ["订单编号", "快递公司", "快递单号"]
BULK = "/seller/orders/bulk/"


@pytest.fixture
def of():
    return shop.seller("样例粮铺", fee="8.00")


@pytest.fixture
def packer(client, of, django_user_model):
    user = django_user_model.objects.create_user(mobile="13900000077")
    team.join(seller=of, user=user, role=TeamRole.PACKER)
    client.force_login(user)
    return client


def bring(client, *rows, headers=HEADERS, write=write_csv, name="orders.csv"):
    return client.post(BULK, {"file": SimpleUploadedFile(name, write(headers, rows))})


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def seal_of(answer) -> str:
    return page_of(answer).select_one("[name=sealed]")["value"]


def errors_of(answer) -> dict[str, str]:
    rows = page_of(answer).select("tbody tr")
    return {row.select("td")[0].text: row.select("td")[1].text for row in rows}


class TestLooking:
    def test_changes_nothing_and_counts(self, packer, of):
        order = an_order(of=of, sent=False)

        answer = bring(packer, [order.number, "", "73100000000017"])

        assert [cell.text for cell in page_of(answer).select(".stat dd")] == ["1", "1", "0", "0"]
        assert not Parcel.objects.exists()

    def test_says_of_each_refused_row_why(self, packer, of):
        sent, waiting, strange = an_order(of=of), an_order(of=of, sent=False), an_order(sent=False)
        rows = [
            [waiting.number, "中通", "7310000000O0!7"],
            [strange.number, "中通", "73100000000031"],
            [sent.number, "中通", "73100000000048"],
            [waiting.number, "飞毛腿", "73100000000055"],
            ["2.6E+15", "中通", "73100000000062"],
            [waiting.number, "中通", "73100000000017"],
            ["", "中通", "73100000000079"],
            [waiting.number, "中通", ""],
            [waiting.number, "中通", "7.31E+13"],
            [waiting.number, "", "ABCDEFGHI"],
        ]

        found = errors_of(bring(packer, *rows))

        assert set(found) == {str(number) for number in range(2, 12)}
        assert sent.number in found["7"]
        assert strange.number in found["3"]

    def test_warns_of_an_unusual_number_without_refusing_it(self, packer, of):
        order = an_order(of=of, sent=False)

        answer = bring(packer, [order.number, "顺丰", "73100000000017"])

        assert "中通快递" in page_of(answer).text and seal_of(answer)

    def test_refuses_a_second_row_for_an_order(self, packer, of):
        order = an_order(of=of, sent=False)

        answer = bring(packer, [order.number, "中通", "73100000000017"], [order.number, "中通", "73100000000024"])

        assert set(errors_of(answer)) == {"3"}

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.csv", b""),
            ("a.xlsx", b"PK\x03\x04 not a workbook"),
            ("a.csv", write_csv(["单号", "快递"], [["1", "2"]])),
            ("a.csv", write_csv(HEADERS, [["1", "", "2"]] * 501)),
        ],
        ids=["empty", "broken", "other columns", "too many rows"],
    )
    def test_says_what_is_wrong_with_a_file(self, packer, name, data):
        answer = packer.post(BULK, {"file": SimpleUploadedFile(name, data)})

        assert answer.status_code == 200 and page_of(answer).select(".field__error")


class TestShipping:
    @pytest.mark.parametrize(("write", "name"), [(write_csv, "a.csv"), (write_xlsx, "a.xlsx")], ids=["csv", "xlsx"])
    def test_ships_what_was_looked_at_and_leaves_the_rest(self, packer, of, write, name):
        first, second = an_order(of=of, sent=False), an_order(of=of, sent=False)
        rows = [[first.number, "中通", "73100000000017"], [second.number, "中通", "x"]]

        packer.post(BULK, {"sealed": seal_of(bring(packer, *rows, write=write, name=name))})

        assert first.parcels.get().tracking_number == "73100000000017"
        assert Order.objects.get(pk=first.pk).status == "awaiting_receipt"
        assert not second.parcels.exists()

    def test_twice_is_once(self, packer, of):
        order = an_order(of=of, sent=False)
        sealed = seal_of(bring(packer, [order.number, "中通", "73100000000017"]))

        for _time in range(2):
            packer.post(BULK, {"sealed": sealed})

        assert Parcel.objects.count() == 1

    def test_takes_no_seal_of_another_seller(self, packer, of, client, django_user_model):
        order = an_order(of=of, sent=False)
        sealed = seal_of(bring(packer, [order.number, "中通", "73100000000017"]))
        stranger = django_user_model.objects.create_user(mobile="13900000078")
        team.join(seller=shop.seller("别家样例店"), user=stranger, role=TeamRole.OWNER)
        client.force_login(stranger)

        client.post(BULK, {"sealed": sealed})
        client.post(BULK, {"sealed": sealed + "x"})

        assert not Parcel.objects.exists()


def test_the_table_comes_back_as_it_went(packer, of):
    order = an_order(of=of, sent=False)

    data = packer.get(reverse("seller:orders-table")).content
    table = read_table(io.BytesIO(data), "orders.xlsx")
    row = table.rows[0]

    assert row["订单编号"] == order.number
    assert "138****0001" in row["收货人"] and "13800000001" not in str(row.values)
    answer = bring(packer, [row["订单编号"], "", "73100000000017"], headers=["订单编号", "快递公司", "快递单号"])
    assert not errors_of(answer)
