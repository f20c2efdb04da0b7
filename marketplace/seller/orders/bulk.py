"""Many orders shipped at once from a table: one row, one order, all of it that is still unsent.

A row that cannot be taken says why and stops no other. The same table a second time changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from marketplace.core.imports import Meaning, RefusedRow
from marketplace.core.tables import Row, Table, UnreadableTable, is_ruined_number, write_xlsx
from marketplace.order import actions as orders
from marketplace.order import carriers
from marketplace.order.models import Order, Parcel
from marketplace.order.parcels import orders_with
from marketplace.order.states import OrderState

from ..models import Membership
from . import shelf
from .forms import said_of

MOST_ROWS = 500
COLUMNS: Mapping[str, frozenset[str]] = {
    "order": frozenset({"订单编号", "订单号", "order number", "order"}),
    "carrier": frozenset({"快递公司", "物流公司", "快递", "courier", "carrier"}),
    "number": frozenset({"快递单号", "运单号", "物流单号", "tracking number", "waybill"}),
}
"""What people call the three columns that count, in small letters; every other column is left alone."""


def normal(table: Table) -> list[Row]:
    """The rows under our own names of columns. Raises UnreadableTable where a column is missing or there are too many rows."""
    if len(table.rows) > MOST_ROWS:
        raise UnreadableTable(_("The table has more than %(most)s rows. Please split it.") % {"most": MOST_ROWS})
    headers = {name: header_of(table, name) for name in COLUMNS}
    for name, title in (("order", _("Order number")), ("number", _("Tracking number"))):
        if headers[name] is None:
            raise UnreadableTable(_("The table has no column “%(title)s”.") % {"title": title})
    return [
        Row(row.number, {name: row[header] if header else "" for name, header in headers.items()}) for row in table.rows
    ]


def header_of(table: Table, name: str) -> str | None:
    return next((header for header in table.headers if header.strip().lower() in COLUMNS[name]), None)


@dataclass
class Shipping:
    """Reads rows as parcels of one seller's orders. ``doubts`` are numbers worth a second look, by row."""

    member: Membership
    kind: str = "ship-orders"
    doubts: list[dict] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def meaning(self, row: Row) -> Meaning:
        """The parcel the row speaks of: the one there is, or a new one for all that is unsent."""
        number, order = self.number_of(row), self.order_of(row)
        carrier = self.carrier_of(row, number)
        known = order.parcels.filter(tracking_number=number).first()
        if known is not None:
            return Meaning(known, {})
        self.refuse_unless_free(order, number)
        if carriers.is_unusual(carrier, number):
            self.doubts.append({"row": row.number, "courier": carriers.name_of(carriers.guess(number) or "")})
        self.seen.add(order.number)
        return Meaning(Parcel(order=order), {"carrier": carrier, "tracking_number": number})

    def refuse_unless_free(self, order: Order, number: str) -> None:
        """Raise RefusedRow for an order that is not waiting, and for a number that another order has."""
        if order.status != OrderState.AWAITING_SHIPMENT:
            raise RefusedRow(_("This order does not wait to be sent: %(state)s.") % {"state": order.state.label})
        others = orders_with(number, besides=order)
        if others:
            raise RefusedRow(said_of(others, order))

    def order_of(self, row: Row) -> Order:
        asked = row["order"]
        if is_ruined_number(asked):
            raise RefusedRow(_("A spreadsheet has shortened the order number. Format the column as text."))
        order = shelf.of(self.member).filter(number=asked).first() if asked else None
        if order is None:
            raise RefusedRow(_("You have no order with the number “%(number)s”.") % {"number": asked[:30]})
        if asked in self.seen:
            raise RefusedRow(_("Order %(number)s stands in an earlier row already.") % {"number": asked})
        return order

    def number_of(self, row: Row) -> str:
        if not row["number"]:
            raise RefusedRow(_("The tracking number is missing."))
        if is_ruined_number(row["number"]):
            raise RefusedRow(_("A spreadsheet has shortened the tracking number. Format the column as text."))
        number = carriers.cleaned(row["number"])
        if not carriers.is_number(number):
            raise RefusedRow(_("A tracking number has 8 to 30 letters, digits and hyphens."))
        return number

    def carrier_of(self, row: Row, number: str) -> str:
        """The courier as the row names it, else as the number looks."""
        named = carriers.by_name(row["carrier"])
        if row["carrier"] and named is None:
            raise RefusedRow(_("We do not know the courier “%(name)s”.") % {"name": row["carrier"][:30]})
        carrier = named or carriers.guess(number)
        if carrier is None:
            raise RefusedRow(_("We cannot tell the courier from this number. Please name it in the table."))
        return carrier.value

    def save(self, meaning: Meaning, by, at) -> None:
        """All that is unsent leaves in this parcel."""
        meaning.record = orders.ship(order=meaning.record.order, by=by, at=at, **meaning.values)  # type: ignore[attr-defined]


def to_fill_in(waiting: Iterable[Order]) -> bytes:
    """The orders that wait, as a workbook with two empty columns: courier and number. Mobile numbers are masked."""
    headers = [_("Order number"), _("Recipient"), _("Goods"), _("Courier"), _("Tracking number")]
    rows = [[order.number, recipient(order), contents(order), "", ""] for order in waiting]
    return write_xlsx(headers, rows, title=_("Orders to ship"))


def recipient(order: Order) -> str:
    address = order.shipping_address
    return f"{address.recipient} {address.masked_mobile} {address.one_line}" if address else ""


def contents(order: Order) -> str:
    unsent = [line for line in order.lines.all() if line.num_allocated]
    return "; ".join(f"{line.display_title} {line.pack} × {line.num_allocated}" for line in unsent)
