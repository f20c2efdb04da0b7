"""Papers for parcels: a slip that lies in the box, labels that are stuck on it. Neither shows amounts or a whole mobile number."""

from collections.abc import Sequence
from typing import cast
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from fpdf.enums import XPos, YPos

from marketplace.core.documents import INK, QUIET, Document
from marketplace.order.models import Line, Order

COLUMNS, ROWS = 2, 4
LABEL_WIDTH, LABEL_HEIGHT = 99.0, 69.0
EDGE, PAD = 6.0, 5.0
QR_SIDE = 20.0
MOST_GOODS = 3


def slips(orders: Sequence[Order], orders_page: str) -> Document:
    """One page an order: what belongs into the box, for whom. The code leads the seller to the order."""
    paper = Document(_("Packing slip"), size="A5")
    for order in orders:
        paper.add_page()
        paper.qr(
            search_address(orders_page, order), side=QR_SIDE, x=paper.w - paper.r_margin - QR_SIDE, y=paper.t_margin
        )
        paper.heading(_("Packing slip"))
        paper.paragraph(order.shop_name, size=12)
        paper.paragraph(_("Order %(number)s") % {"number": order.number})
        placed = date_format(localtime(order.date_placed), "DATETIME_FORMAT")
        paper.paragraph(_("Placed on %(moment)s") % {"moment": placed}, quiet=True)
        paper.rule()
        recipient(paper, order)
        paper.rule()
        goods = [[line.display_title, line.pack, line.quantity, "□"] for line in order.lines.all()]
        headers = [_("Goods"), _("Specification"), _("Quantity"), _("Packed")]
        paper.grid(headers, goods, widths=(50, 22, 14, 14), align="LLRC")
        if order.note:
            paper.paragraph(_("Note to seller"), size=9, quiet=True)
            paper.paragraph(order.note)
    return paper


def recipient(paper: Document, order: Order) -> None:
    """Whom it goes to, with the middle of the number hidden."""
    address = order.shipping_address
    if address is None:
        return
    paper.paragraph(f"{address.recipient}  {address.masked_mobile}", size=12)
    paper.paragraph(address.one_line)


def labels(orders: Sequence[Order], orders_page: str) -> Document:
    """Eight labels on a sheet of A4, cut along the hairlines."""
    paper = Document(_("Labels"), size="A4")
    paper.set_auto_page_break(False)
    for number, order in enumerate(orders):
        place = number % (COLUMNS * ROWS)
        if not place:
            paper.add_page()
            why_hidden(paper)
        x = EDGE + (place % COLUMNS) * LABEL_WIDTH
        y = EDGE + (place // COLUMNS) * (LABEL_HEIGHT + 1)
        label(paper, order, search_address(orders_page, order), x, y)
    return paper


def why_hidden(paper: Document) -> None:
    """Below the last row, for whoever wonders about the number."""
    said = _(
        "The middle of each mobile number is hidden: many people see a parcel on its way. The courier has the whole number."
    )
    Pen(paper, EDGE, EDGE + ROWS * (LABEL_HEIGHT + 1) + 1).write(
        said, size=8, width=COLUMNS * LABEL_WIDTH, lines=1, colour=QUIET
    )


def label(paper: Document, order: Order, code: str, x: float, y: float) -> None:
    """One label within its hairline; long texts are cut, never over the edge."""
    width = LABEL_WIDTH - 2 * PAD
    paper.set_draw_color(206, 211, 205)
    paper.rect(x, y, LABEL_WIDTH, LABEL_HEIGHT)
    paper.qr(code, side=QR_SIDE, x=x + LABEL_WIDTH - QR_SIDE - PAD, y=y + LABEL_HEIGHT - QR_SIDE - PAD)
    at = Pen(paper, x + PAD, y + PAD)
    if order.shipping_address:
        address = order.shipping_address
        at.write(f"{address.recipient}  {address.masked_mobile}", size=13, width=width, lines=1)
        at.write(address.one_line, size=11, width=width, lines=3)
    narrow = width - QR_SIDE - 2
    at.skip_to(y + LABEL_HEIGHT - QR_SIDE - PAD)
    at.write(goods_in_short(list(order.lines.all())), size=8, width=narrow, lines=3, colour=QUIET)
    at.write(f"{order.shop_name} · {order.number}", size=8, width=narrow, lines=2, colour=QUIET)


class Pen:
    """Writes down a label from a corner, line by line."""

    def __init__(self, paper: Document, x: float, y: float):
        self.paper, self.x, self.y = paper, x, y

    def skip_to(self, y: float) -> None:
        self.y = max(self.y, y)

    def write(self, text: str, *, size: float, width: float, lines: int, colour=INK) -> None:
        """At most so many lines of the text."""
        step = size * 0.5
        self.paper.plain(size, colour)
        shown = cast("list[str]", self.paper.multi_cell(width, step, text, dry_run=True, output="LINES"))
        for line in shown[:lines]:
            self.paper.set_xy(self.x, self.y)
            self.paper.cell(width, step, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.y += step
        self.y += 1.5
        self.paper.plain()


def goods_in_short(lines: list[Line]) -> str:
    """The first goods with how many of each: 新米 5kg × 2、…"""
    shown = [f"{line.display_title} {line.pack} × {line.quantity}" for line in lines[:MOST_GOODS]]
    return "; ".join(shown) + (" …" if len(lines) > MOST_GOODS else "")


def search_address(orders_page: str, order: Order) -> str:
    """Scanned with a phone it finds the order, for whoever may see it."""
    return f"{orders_page}?{urlencode({'q': order.number})}"
