"""Pinduoduo: one row an order of one good. Amounts of refunds after dispatch stand in a file of their own."""

from __future__ import annotations

from ..states import SaleState
from . import cells
from .layouts import Layout, Row, settled
from .readings import LINE, Reading
from .refusals import RowRefused

STATES = {
    "待支付": SaleState.UNPAID,
    "待付款": SaleState.UNPAID,
    "待发货": SaleState.PAID,
    "待成团": SaleState.PAID,
    "部分发货": SaleState.PAID,
    "已发货，待签收": SaleState.SHIPPED,
    "已发货，待收货": SaleState.SHIPPED,
    "已签收": SaleState.COMPLETED,
    "已收货": SaleState.COMPLETED,
    "交易成功": SaleState.COMPLETED,
    "已取消": SaleState.CLOSED,
    "交易关闭": SaleState.CLOSED,
    "未发货，退款成功": SaleState.REFUNDED,
    "已发货，退款成功": SaleState.SHIPPED,
    "已收货，退款成功": SaleState.COMPLETED,
    "已退款": SaleState.REFUNDED,
}
GIVEN_BACK = {"退款成功", "退款成功，已完成", "退货退款成功"}
NOT_GIVEN_BACK = {"", "无售后或售后取消", "售后处理中", "售后关闭", "换货成功", "补寄成功", "待商家处理", "退款中"}


class Orders(Layout):
    """23 columns in 2026; older files say 支付时间 and 商家编码-SKU维度."""

    name = "pinduoduo-orders"
    columns = {
        "订单号": ("订单编号",),
        "商品": ("商品名称",),
        "订单状态": (),
        "商品总价": (),
        "店铺优惠折扣": ("店铺优惠",),
        "商品数量": (),
        "订单成交时间": ("支付时间", "成交时间"),
        "发货时间": (),
        "商品规格": (),
        "商家编码-规格维度": ("商家编码-SKU维度",),
        "商家编码-商品维度": (),
        "售后状态": (),
    }
    needs = frozenset({"订单号", "商品", "订单状态", "商品总价", "商品数量", "订单成交时间"})

    def read(self, row: Row) -> Reading:
        number = cells.order_number(row["订单号"])
        words = row["订单状态"].replace(",", "，")
        state = self.state(words, STATES)
        paid_on = cells.day(row["订单成交时间"], "订单成交时间")
        if words == "已退款" and row["发货时间"]:
            state = SaleState.SHIPPED
        state = settled(state, paid_on, "订单成交时间")
        goods = cells.fen(row["商品总价"], "商品总价") - cells.fen_or_nothing(row["店铺优惠折扣"], "店铺优惠折扣")
        if goods < 0:
            raise RowRefused("negative_amount", value=row["店铺优惠折扣"], column="店铺优惠折扣")
        return Reading(
            LINE,
            number,
            state=state,
            sold_on=paid_on,
            goods_fen=goods,
            refund_fen=self.refund(row["售后状态"], words, state, goods),
            title=row["商品"],
            code=row["商家编码-规格维度"] or row["商家编码-商品维度"],
            pack=row["商品规格"],
            quantity=cells.pieces(row["商品数量"], "商品数量"),
        )

    def refund(self, after_sale: str, words: str, state: int, goods: int) -> int | None:
        """All of it before dispatch; after dispatch the file does not say how much."""
        if state == SaleState.REFUNDED:
            return goods
        if after_sale not in GIVEN_BACK | NOT_GIVEN_BACK and after_sale not in self.taught:
            raise RowRefused("unknown_state", value=after_sale)
        was_given_back = words.endswith("退款成功") or words == "已退款" or after_sale in GIVEN_BACK
        if not was_given_back or state < SaleState.PAID:
            return 0
        return goods if state == SaleState.PAID else None


LAYOUTS = (Orders,)
