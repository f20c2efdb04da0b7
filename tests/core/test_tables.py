"""Tables as people bring them."""

import io
from datetime import date
from decimal import Decimal

import pytest

from marketplace.core.tables import (
    KINDS,
    UnreadableTable,
    handed_out,
    harmless,
    is_ruined_number,
    plain,
    read_table,
    write_csv,
    write_xlsx,
)

HEADERS = ("订单编号", "金额")
TEXT = '订单编号,金额\r\n="2951781394390111247",59.90\r\n\r\n,\r\n合计,59.90\r\n'


def brought(data: bytes, name="orders.csv"):
    return read_table(io.BytesIO(data), name)


class TestReadTable:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_understands_the_encodings_people_have(self, encoding):
        table = brought(TEXT.encode(encoding))

        assert table.headers == HEADERS
        assert table.rows[0].values == {"订单编号": "2951781394390111247", "金额": "59.90"}

    def test_counts_rows_as_the_spreadsheet_does_and_leaves_empty_ones_out(self):
        assert [row.number for row in brought(TEXT.encode()).rows] == [2, 5]

    def test_survives_a_stray_byte(self):
        table = brought(TEXT.encode("gb18030").replace("合计".encode("gb18030"), b"\xff" + "合计".encode("gb18030")))

        assert table.rows[0]["金额"] == "59.90"

    @pytest.mark.parametrize(
        ("data", "name"),
        [(b"", "a.csv"), (b"  \n", "a.csv"), (b"PK\x03\x04 not a zip", "a.xlsx"), (b"\xd0\xcf\x11\xe0old", "a.xls")],
        ids=["nothing", "blanks", "half a workbook", "old workbook"],
    )
    def test_says_what_is_wrong_with_a_file_it_cannot_read(self, data, name):
        with pytest.raises(UnreadableTable) as refusal:
            brought(data, name)

        assert refusal.value.for_people


class TestWriting:
    ROWS = (("新米", Decimal("59.90"), 3), ("=cmd|calc", Decimal("1.00"), 0), ("-5", Decimal("2.50"), 1))

    @pytest.mark.parametrize(("write", "name"), [(write_csv, "a.csv"), (write_xlsx, "a.xlsx")], ids=["csv", "xlsx"])
    def test_comes_back_as_it_was(self, write, name):
        table = brought(write(("商品", "价格", "数量"), self.ROWS), name)

        assert [row["商品"] for row in table.rows] == ["新米", "=cmd|calc", "-5"]
        assert [Decimal(row["价格"]) for row in table.rows] == [row[1] for row in self.ROWS]

    def test_lets_no_formula_through(self):
        assert harmless("=1+1") == "'=1+1"
        assert harmless("-5.20") == "-5.20"


class TestPlain:
    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            (None, ""),
            (5.0, "5"),
            (0.1, "0.1"),
            (date(2026, 10, 1), "2026-10-01"),
            ("'13800000000", "13800000000"),
            ("1\t", "1"),
        ],
    )
    def test_is_what_was_meant(self, cell, text):
        assert plain(cell) == text


def test_a_number_ruined_by_a_spreadsheet_is_known_as_such():
    assert is_ruined_number("1.23E+17")
    assert not is_ruined_number("123E")


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_a_table_is_saved_and_kept_by_nothing_on_the_way(name):
    answer = handed_out(name, b"rows")

    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Type"] == KINDS[name.rpartition(".")[2]]
