"""Tables typed by hand: a chat group's list, a stall's book, any file whose columns staff have mapped.

Without an order number the same row of the same sheet is the same sale, and two equal rows in one sheet are two sales.
"""

from __future__ import annotations

from typing import Any

from marketplace.core.money import to_yuan

from .. import weights
from ..states import SaleState
from . import cells, douyin, pinduoduo, taobao
from .layouts import Layout, Row, settled
from .readings import LINE, Reading, digest
from .refusals import RowRefused

STATES = (
    pinduoduo.STATES
    | douyin.STATES
    | taobao.STATES
    | {"": SaleState.COMPLETED, "已付": SaleState.COMPLETED, "已付款": SaleState.PAID, "已支付": SaleState.PAID}
    | {"未付": SaleState.UNPAID, "未付款": SaleState.UNPAID, "已退款": SaleState.REFUNDED}
)


class TypedRows(Layout):
    """日期, 商品, 数量 and 金额 are enough; unit, code, order number, state and refund are read where they stand."""

    name = "typed-rows"
    columns = {
        "日期": ("付款日期", "成交日期", "下单日期", "销售日期", "付款时间", "时间", "date"),
        "商品": ("商品名称", "品名", "货品", "名称", "标题", "product"),
        "数量": ("件数", "购买数量", "quantity"),
        "金额": ("销售额", "货款", "实付", "总价", "amount"),
        "单位": ("unit",),
        "商家编码": ("编码", "货号", "sku", "code"),
        "规格": ("商品规格",),
        "订单编号": ("订单号", "单号", "order"),
        "订单状态": ("状态", "付款状态", "state"),
        "退款金额": ("退款", "refund"),
    }
    needs = frozenset({"日期", "商品", "数量", "金额"})
    is_numbered = True

    def read(self, row: Row) -> Reading:
        sold_on = cells.day(row["日期"], "日期", self.day_order)
        title, code = row["商品"], row["商家编码"]
        if not (title or code):
            raise RowRefused("no_goods")
        quantity, unit = self.measure(row)
        goods = cells.fen(row["金额"], "金额")
        state = settled(self.state(row["订单状态"], STATES), sold_on, "日期")
        refund = self.refund(row, state, goods)
        values: dict[str, Any] = {"sold_on": sold_on, "title": title, "code": code, "pack": row["规格"]}
        values |= {"quantity": quantity, "unit": unit, "goods_fen": goods}
        if row["订单编号"]:
            number, line = cells.order_number(row["订单编号"]), code or title
        else:
            number, line = digest([row.sheet, *values.values()]), ""
        return Reading(LINE, number, line, state=state, refund_fen=refund, **values)

    def measure(self, row: Row) -> tuple[str, str]:
        """How many of what; the unit may stand in a column or behind the number."""
        quantity, behind = cells.quantity(row["数量"], "数量")
        unit = row["单位"] or behind
        unit = self.units.get(unit, unit)
        if not weights.is_unit(unit):
            raise RowRefused("unknown_unit", value=unit)
        return quantity, unit

    def refund(self, row: Row, state: int, goods: int) -> int:
        """What the table says was given back; never more than was paid."""
        refund = cells.fen_or_nothing(row["退款金额"], "退款金额")
        if refund > goods:
            raise RowRefused("refund_too_large", refund=str(to_yuan(refund)), sale=str(to_yuan(goods)))
        return goods if state == SaleState.REFUNDED else refund


LAYOUTS = (TypedRows,)
