"""Whatever is wrong with a file is said by row, and stops nothing else."""

import io

import pytest
from openpyxl import Workbook

from incubator.sales.models import SaleFact
from incubator.sales.reading.reader import Habits, read
from incubator.sales.reading.refusals import UnknownHeader, UnreadableFile
from incubator.sales.states import SaleState
from tests import channels

GROUP = "日期,商品,数量,单位,金额\n"
PDD = "订单成交时间,商品,订单号,订单状态,商品总价(元),店铺优惠折扣(元),商品数量(件),发货时间,售后状态\n"
ORDERS = "订单编号,买家应付货款,总金额,订单状态,订单付款时间 ,退款金额\n"
DOUYIN = "主订单编号,子订单编号,选购商品,商家编码,商品数量,商品金额,商家优惠,支付完成时间,订单状态,售后状态\n"
PAID = "2026-10-01 09:00:00"


def rows(text, channel="wechat", habits=None, encoding="utf-8"):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return list(read(io.BytesIO(data), channel, habits))


def verdicts(text, channel="wechat", **options):
    return [row.refusal.code if row.refusal else "ok" for row in rows(text, channel, **options)]


def workbook(*sheet_rows, title="Sheet1"):
    book = Workbook()
    book.active.title = title
    for row in sheet_rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class TestRowsRefused:
    @pytest.mark.parametrize(
        ("channel", "text", "why"),
        [
            ("taobao", f"{ORDERS}2.95E+18,10,10,交易成功,{PAID},0\n", "ruined_number"),
            ("taobao", f'{ORDERS}"=""1.23E+17""",10,10,交易成功,{PAID},0\n', "ruined_number"),
            ("taobao", f"{ORDERS}29,10,10,已飞走,{PAID},0\n", "unknown_state"),
            ("taobao", f"{ORDERS}29,10,18,交易成功,{PAID},18.01\n", "refund_too_large"),
            ("taobao", f"{ORDERS}29,10,10,交易成功,,0\n", "no_day"),
            ("taobao", f"{ORDERS}29,,10,交易成功,{PAID},0\n", "no_amount"),
            ("taobao", f"{ORDERS}29,十元,10,交易成功,{PAID},0\n", "not_an_amount"),
            ("taobao", f"{ORDERS}29,-10,10,交易成功,{PAID},0\n", "negative_amount"),
            ("taobao", f"{ORDERS}29,10,10,交易成功,2026-02-30 09:00:00,0\n", "not_a_day"),
            ("taobao", f"{ORDERS},10,10,交易成功,{PAID},0\n", "no_order_number"),
            ("pinduoduo", f"{PDD}{PAID},米,261001-1,已蒸发,10,0,1,,\n", "unknown_state"),
            ("pinduoduo", f"{PDD}{PAID},米,261001-1,已签收,10,0,1,,闹着呢\n", "unknown_state"),
            ("pinduoduo", f"{PDD}{PAID},米,261001-1,已签收,10,0,1.5,,\n", "not_a_quantity"),
            ("pinduoduo", f"{PDD}{PAID},米,261001-1,已签收,10,11,1,,\n", "negative_amount"),
            ("wechat", f"{GROUP}2026-10-01,米,3,捧,10\n", "unknown_unit"),
            ("wechat", f"{GROUP}2026-10-01,米,0,袋,10\n", "not_a_quantity"),
            ("wechat", f"{GROUP}2026-10-01,,1,袋,10\n", "no_goods"),
            ("wechat", f"{GROUP},米,1,袋,10\n", "no_day"),
            ("wechat", "日期,商品,数量,金额,退款\n2026-10-01,米,1,10,10.01\n", "refund_too_large"),
        ],
    )
    def test_say_why(self, channel, text, why):
        assert verdicts(text, channel) == [why]

    def test_name_their_row_and_stop_no_other(self):
        found = rows(
            f"{ORDERS}29,10,10,交易成功,{PAID},0\n1.2E+18,10,10,交易成功,{PAID},0\n30,10,10,交易成功,{PAID},0\n",
            "taobao",
        )

        assert [(row.row, bool(row.refusal)) for row in found] == [(2, False), (3, True), (4, False)]

    def test_number_cells_too_long_for_a_spreadsheet_are_ruined(self):
        data = workbook(["订单号", "日期", "商品", "数量", "金额"], [2951781394390111247, "2026-10-01", "米", 1, 59.9])

        assert verdicts(data, "other") == ["ruined_number"]

    def test_number_cells_of_fifteen_digits_are_whole(self):
        data = workbook(["订单号", "日期", "商品", "数量", "金额"], [261001513591704, "2026-10-01", "米", 1, 59.9])

        assert rows(data, "other")[0].reading.order_number == "261001513591704"


class TestAFileCutInHalf:
    def test_refuses_the_row_it_ends_in(self):
        whole = (channels.FILES / "taobao-orders.csv").read_bytes()

        codes = verdicts(whole[: len(whole) // 2], "taobao")

        assert codes[-1] == "cut_off"
        assert set(codes[:-1]) == {"ok"}

    def test_refuses_the_row_it_ends_in_within_quotes(self):
        text = f'{GROUP}2026-10-01,米,1,袋,10\n2026-10-02,"米'

        assert verdicts(text) == ["ok", "cut_off"]

    def test_cannot_be_read_at_all_as_a_workbook(self):
        whole = (channels.FILES / "wechat-group.xlsx").read_bytes()

        with pytest.raises(UnreadableFile):
            rows(whole[: len(whole) // 2])


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_are_recognised(self, encoding):
        assert rows(f"{GROUP}2026-10-01,讷河马铃薯,1,袋,26.90\n", encoding=encoding)[0].reading.title == "讷河马铃薯"

    def test_a_stray_byte_refuses_only_its_row(self):
        lines = f"{GROUP}2026-10-01,讷河马铃薯,1,袋,26.90\n2026-10-02,讷河马铃薯,1,袋,26.90\n".encode("gb18030").split(
            b"\n"
        )
        lines[1] = lines[1].replace("薯".encode("gb18030"), "薯".encode("gb18030") + b"\xff")

        assert verdicts(b"\n".join(lines)) == ["unreadable_text", "ok"]

    def test_a_stray_byte_where_nobody_looks_does_no_harm(self):
        lines = f"备注,{GROUP}谢谢,2026-10-01,讷河马铃薯,1,袋,26.90\n".encode("gb18030")

        assert verdicts(lines.replace("谢谢".encode("gb18030"), b"\xff")) == ["ok"]

    def test_tabs_may_separate_cells(self):
        assert verdicts(f"{GROUP}2026-10-01,米,1,袋,10\n".replace(",", "\t")) == ["ok"]


class TestFilesThatAreNoTables:
    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "empty_file"),
            (b"  \n", "empty_file"),
            (b"\xd0\xcf\x11\xe0 old", "old_excel"),
            (b"<html><table>", "web_page"),
            (b"PK\x03\x04 nothing", "broken_file"),
        ],
    )
    def test_say_what_to_do(self, data, why):
        with pytest.raises(UnreadableFile) as refused:
            rows(data)

        assert refused.value.code == why
        assert refused.value.for_people

    def test_a_quote_that_never_ends_is_a_damaged_file(self):
        text = GROUP + '2026-10-01,"米,1,袋,10\n' + "2026-10-01,米,1,袋,10\n" * 20_000

        with pytest.raises(UnreadableFile):
            rows(text)


class TestHeaders:
    def test_nobody_knows_are_told_for_mapping(self):
        with pytest.raises(UnknownHeader) as refused:
            rows("哪天,啥,几个,多少钱\n2026-10-01,米,1,10\n")

        assert refused.value.headers == ["哪天", "啥", "几个", "多少钱"]

    def test_staff_have_mapped_are_read(self):
        habits = Habits({"哪天": "日期", "啥": "商品", "几个": "数量", "多少钱": "金额"}, {})

        assert verdicts("哪天,啥,几个,多少钱\n2026-10-01,米,1,10\n", habits=habits) == ["ok"]

    def test_may_stand_in_any_order(self):
        usual = rows(f"{GROUP}2026-10-01,米,1,袋,10\n")[0].reading

        assert rows("金额,单位,数量,商品,日期\n10,袋,1,米,2026-10-01\n")[0].reading == usual

    def test_repeated_in_the_middle_are_no_data(self):
        assert verdicts(f"{GROUP}2026-10-01,米,1,袋,10\n{GROUP}2026-10-02,米,1,袋,10\n") == ["ok", "ok"]

    def test_may_have_titles_above(self):
        assert verdicts(f"十月群接龙\n\n{GROUP}2026-10-01,米,1,袋,10\n") == ["ok"]


class TestTotals:
    @pytest.mark.parametrize("word", ["合计", "总计：", "小计", "Total"])
    def test_are_no_data(self, word):
        assert verdicts(f"{GROUP}2026-10-01,米,1,袋,10\n{word},,,,10\n") == ["ok"]


class TestStates:
    def test_staff_have_taught_are_known(self):
        habits = Habits({}, {"已飞走": SaleState.SHIPPED})

        assert rows(f"{ORDERS}29,10,10,已飞走,{PAID},0\n", "taobao", habits)[0].reading.state == SaleState.SHIPPED

    @pytest.mark.parametrize(
        ("row", "state", "refund"),
        [
            (f"{PAID},米,1,已发货，退款成功,10,0,1,{PAID},退款成功", SaleState.SHIPPED, None),
            (f"{PAID},米,1,已签收,10,0,1,{PAID},退款成功", SaleState.COMPLETED, None),
            (f"{PAID},米,1,已签收,10,0,1,{PAID},售后处理中", SaleState.COMPLETED, 0),
            (f"{PAID},米,1,已取消,10,0,1,,", SaleState.REFUNDED, 1000),
            (",米,1,已取消,10,0,1,,", SaleState.CLOSED, 0),
            (f"{PAID},米,1,已退款,10,0,1,,", SaleState.REFUNDED, 1000),
            (f"{PAID},米,1,已退款,10,0,1,{PAID},", SaleState.SHIPPED, None),
        ],
    )
    def test_of_pinduoduo_tell_known_from_unknown_refunds(self, row, state, refund):
        reading = rows(f"{PDD}{row}\n", "pinduoduo")[0].reading

        assert (reading.state, reading.refund_fen) == (state, refund)

    @pytest.mark.parametrize(
        ("row", "state", "refund"),
        [
            (f"6,61,米,A,1,10,0,{PAID},已完成,退款成功", SaleState.COMPLETED, None),
            (f"6,61,米,A,1,10,0,{PAID},待发货,退款成功", SaleState.REFUNDED, 1000),
            (f"6,61,米,A,1,10,0,{PAID},已关闭,-", SaleState.REFUNDED, 1000),
            ("6,61,米,A,1,10,0,-,已关闭,-", SaleState.CLOSED, 0),
            (f"6,61,赠品,A,1,0.00,0,{PAID},已完成,-", SaleState.COMPLETED, 0),
        ],
    )
    def test_of_douyin_tell_known_from_unknown_refunds(self, row, state, refund):
        reading = rows(f"{DOUYIN}{row}\n", "douyin")[0].reading

        assert (reading.state, reading.refund_fen) == (state, refund)


@pytest.mark.django_db
class TestTypedRows:
    def test_equal_in_one_sheet_are_two_sales(self):
        outcome = channels.typed(GROUP + "2026-10-01,齐齐哈尔新米 5kg装,1,袋,59.90\n" * 2)

        assert (outcome.new, channels.totals()["wechat"]["orders"]) == (2, 2)

    def test_added_to_a_sheet_are_the_only_new_ones(self):
        first = GROUP + "2026-10-01,齐齐哈尔新米 5kg装,1,袋,59.90\n"
        channels.typed(first)

        outcome = channels.typed(first + "2026-10-02,齐齐哈尔新米 5kg装,10,斤,59.90\n")

        assert (outcome.new, outcome.unchanged) == (1, 1)
        assert channels.totals()["wechat"]["kg"] == 10

    def test_of_one_sheet_may_change_places(self):
        rows = ["2026-10-01,米 5kg,1,袋,59.90\n", "2026-10-02,米 5kg,2,袋,119.80\n"]
        channels.typed(GROUP + "".join(rows))

        assert channels.typed(GROUP + "".join(reversed(rows))).unchanged == 2

    def test_keep_nothing_about_the_buyer(self):
        channels.typed("日期,买家(群昵称),商品,数量,单位,金额\n2026-10-01,群友王金丝雀,米,1,袋,10\n")

        fact = SaleFact.objects.get()
        assert "金丝雀" not in str(vars(fact))


@pytest.mark.django_db
class TestAllRows:
    def test_are_exactly_one_of_new_updated_unchanged_and_refused(self):
        text = f"{ORDERS}29,10,10,交易成功,{PAID},0\n29,10,10,交易成功,{PAID},0\n1.2E+18,1,1,交易成功,{PAID},0\n,,,,,\n合计,20,,,,\n"

        outcome = channels.typed(text, channel="taobao")

        assert (outcome.new, outcome.updated, outcome.unchanged, outcome.refused, outcome.read) == (1, 0, 1, 1, 3)
