"""Douyin: one row a sub-order. Sellers choose the columns; 商品金额 is the price of one piece."""

from __future__ import annotations

from ..states import SaleState
from . import cells
from .layouts import Layout, Row, settled
from .readings import LINE, Reading
from .refusals import RowRefused

STATES = {
    "待支付": SaleState.UNPAID,
    "待付款": SaleState.UNPAID,
    "待确认": SaleState.UNPAID,
    "备货中": SaleState.PAID,
    "待发货": SaleState.PAID,
    "部分发货": SaleState.PAID,
    "已发货": SaleState.SHIPPED,
    "已签收": SaleState.SHIPPED,
    "已完成": SaleState.COMPLETED,
    "已关闭": SaleState.CLOSED,
    "已取消": SaleState.CLOSED,
}
GIVEN_BACK = {"退款成功", "同意退款，退款成功", "同意退款,退款成功"}
NOT_GIVEN_BACK = {
    "", "售后关闭", "售后已拒绝", "换货成功", "补寄成功", "待收退货", "待退货", "售后待处理", "售后处理中", "待换货", "已换货",
}  # fmt: skip


class SubOrders(Layout):
    """75 columns, any choice of them that holds these."""

    name = "douyin-sub-orders"
    columns = {
        "主订单编号": ("订单编号",),
        "子订单编号": (),
        "选购商品": ("商品名称",),
        "商家编码": (),
        "商品规格": ("规格",),
        "商品数量": (),
        "商品金额": ("商品单价",),
        "商家优惠": (),
        "支付完成时间": ("支付时间",),
        "订单状态": (),
        "售后状态": (),
    }
    needs = frozenset({"主订单编号", "子订单编号", "选购商品", "商品数量", "商品金额", "支付完成时间", "订单状态"})

    def read(self, row: Row) -> Reading:
        number = cells.order_number(row["主订单编号"])
        line = cells.order_number(row["子订单编号"])
        paid_on = cells.day(row["支付完成时间"], "支付完成时间")
        state = settled(self.state(row["订单状态"], STATES), paid_on, "支付完成时间")
        quantity = cells.pieces(row["商品数量"], "商品数量")
        price = cells.fen(row["商品金额"], "商品金额")
        goods = price * int(quantity) - cells.fen_or_nothing(row["商家优惠"], "商家优惠")
        if goods < 0:
            raise RowRefused("negative_amount", value=row["商家优惠"], column="商家优惠")
        refund = self.refund(row["售后状态"], state, goods)
        if refund is not None and refund == goods and state == SaleState.PAID and goods:
            state = SaleState.REFUNDED
        return Reading(
            LINE,
            number,
            line,
            state=state,
            sold_on=paid_on,
            goods_fen=goods,
            refund_fen=refund,
            title=row["选购商品"],
            code=row["商家编码"],
            pack=row["商品规格"],
            quantity=quantity,
            price_fen=price,
        )

    def refund(self, after_sale: str, state: int, goods: int) -> int | None:
        """All of it before dispatch; after dispatch the file does not say how much."""
        if state == SaleState.REFUNDED:
            return goods
        if after_sale not in GIVEN_BACK | NOT_GIVEN_BACK and after_sale not in self.taught:
            raise RowRefused("unknown_state", value=after_sale)
        if after_sale not in GIVEN_BACK or state < SaleState.PAID:
            return 0
        return goods if state == SaleState.PAID else None


LAYOUTS = (SubOrders,)
