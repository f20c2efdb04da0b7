"""Taobao and Tmall: a list of orders with money and states, and lists of the items in them."""

from __future__ import annotations

from marketplace.core.money import to_yuan

from ..states import SaleState
from . import cells
from .layouts import Layout, Row, settled
from .readings import ITEM, ORDER, Reading
from .refusals import RowRefused

STATES = {
    "等待买家付款": SaleState.UNPAID,
    "买家已付款，等待卖家发货": SaleState.PAID,
    "买家已付款,等待卖家发货": SaleState.PAID,
    "等待卖家发货": SaleState.PAID,
    "卖家部分发货": SaleState.PAID,
    "卖家已发货，等待买家确认": SaleState.SHIPPED,
    "卖家已发货,等待买家确认": SaleState.SHIPPED,
    "等待买家确认": SaleState.SHIPPED,
    "交易成功": SaleState.COMPLETED,
    "交易关闭": SaleState.CLOSED,
}
GIVEN_BACK = {"退款成功", "退款完成"}


class Orders(Layout):
    """ExportOrderList….csv of 38 or 54 columns: one row an order. Its refund may hold postage, which comes last."""

    name = "taobao-orders"
    columns = {
        "订单编号": ("主订单编号",),
        "买家应付货款": (),
        "买家应付邮费": (),
        "总金额": (),
        "订单状态": (),
        "订单付款时间": (),
        "退款金额": (),
    }
    needs = frozenset({"订单编号", "买家应付货款", "总金额", "订单状态", "订单付款时间"})

    def read(self, row: Row) -> Reading:
        number = cells.order_number(row["订单编号"])
        paid_on = cells.day(row["订单付款时间"], "订单付款时间")
        state = settled(self.state(row["订单状态"], STATES), paid_on, "订单付款时间")
        goods = cells.fen(row["买家应付货款"], "买家应付货款")
        return Reading(
            ORDER, number, state=state, sold_on=paid_on, goods_fen=goods, refund_fen=self.refund(row, state, goods)
        )

    def refund(self, row: Row, state: int, goods: int) -> int:
        """What was given back of the goods."""
        refund = cells.fen_or_nothing(row["退款金额"], "退款金额")
        owed = cells.fen_or_nothing(row["总金额"], "总金额") or goods
        if refund > max(owed, goods):
            raise RowRefused("refund_too_large", refund=str(to_yuan(refund)), sale=str(to_yuan(owed)))
        return goods if state == SaleState.REFUNDED else min(refund, goods)


class Items(Layout):
    """ExportOrderDetailList….csv: one row an item; the money stands in the list of orders."""

    name = "taobao-items"
    columns = {
        "订单编号": ("主订单编号",),
        "标题": ("商品标题", "宝贝标题"),
        "价格": ("商品价格",),
        "购买数量": (),
        "商品属性": (),
        "外部系统编号": (),
        "商家编码": (),
    }
    needs = frozenset({"订单编号", "标题", "价格", "购买数量"})
    is_numbered = True

    def read(self, row: Row) -> Reading:
        return Reading(ITEM, cells.order_number(row["订单编号"]), **item_fields(row))


class ItemsWithMoney(Items):
    """The newer list of items, XLSX: each has money, refund and state of its own and can be counted alone."""

    name = "taobao-items-with-money"
    columns = Items.columns | {
        "买家应付货款": (),
        "订单状态": (),
        "退款状态": (),
        "退款金额": (),
        "订单付款时间": (),
    }
    needs = Items.needs | {"买家应付货款", "订单状态", "退款金额", "订单付款时间"}

    def read(self, row: Row) -> Reading:
        number = cells.order_number(row["订单编号"])
        paid_on = cells.day(row["订单付款时间"], "订单付款时间")
        state = settled(self.state(row["订单状态"], STATES), paid_on, "订单付款时间")
        goods = cells.fen(row["买家应付货款"], "买家应付货款")
        refund = cells.fen_or_nothing(row["退款金额"], "退款金额")
        if refund > goods:
            raise RowRefused("refund_too_large", refund=str(to_yuan(refund)), sale=str(to_yuan(goods)))
        if row["退款状态"] and row["退款状态"] not in GIVEN_BACK:
            refund = 0
        if state == SaleState.REFUNDED:
            refund = goods
        return Reading(
            ITEM, number, state=state, sold_on=paid_on, goods_fen=goods, refund_fen=refund, **item_fields(row)
        )


def item_fields(row: Row) -> dict:
    """What both lists say of an item."""
    title, code = row["标题"], row["商家编码"] or row["外部系统编号"]
    if not (title or code):
        raise RowRefused("no_goods")
    return {
        "line_key": code or title,
        "title": title,
        "code": code,
        "pack": row["商品属性"],
        "quantity": cells.pieces(row["购买数量"], "购买数量"),
        "price_fen": cells.fen(row["价格"], "价格"),
    }


LAYOUTS = (Orders, ItemsWithMoney, Items)
