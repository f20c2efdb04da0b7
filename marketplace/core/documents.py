"""Papers: slips, statements, certificates, cards, as PDF with an open Chinese font that lies in this package."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from .qr import qr_png

FONT_FILE = Path(__file__).with_name("fonts") / "NotoSansSC.ttf"
"""Also for pictures: Pillow's ImageFont reads it."""
FONT = "NotoSansSC"
SIZES = {"A4": (210, 297), "A5": (148, 210), "label": (100, 150), "card": (105, 74)}
"""Page sizes in mm, upright; a label is what a courier's printer takes."""
MARGIN = {"A4": 18, "A5": 12, "label": 6, "card": 6}
INK, QUIET, LINE = (31, 38, 36), (95, 106, 100), (206, 211, 205)


class Document(FPDF):
    """A paper in our hand. Lengths in mm, font sizes in points; `as_bytes()` or `response(name)` end it.

    >>> paper = Document("发货单"); paper.add_page(); paper.heading("发货单"); paper.paragraph("…")
    """

    def __init__(self, title: str, *, size: str = "A4", numbered: bool = False):
        super().__init__(unit="mm", format=SIZES[size])
        self.numbered = numbered
        self.set_title(title)
        self.set_creation_date(timezone.now())
        self.set_margin(MARGIN[size])
        self.set_auto_page_break(True, margin=MARGIN[size])
        self.add_font(FONT, fname=FONT_FILE)
        self.plain()

    def plain(self, size: float = 10.5, colour: tuple[int, int, int] = INK) -> None:
        """Back to running text."""
        self.set_font(FONT, size=size)
        self.set_text_color(*colour)

    def footer(self) -> None:
        if not self.numbered:
            return
        self.set_y(-12)
        self.plain(8, QUIET)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="C")
        self.plain()

    def heading(self, text: str, *, size: float = 16) -> None:
        """A line of its own, larger."""
        self.plain(size)
        self.multi_cell(0, size * 0.55, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)
        self.plain()

    def paragraph(self, text: str, *, size: float = 10.5, quiet: bool = False, align: str = "L") -> None:
        """Running text over the whole width."""
        self.plain(size, QUIET if quiet else INK)
        self.multi_cell(0, size * 0.56, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.plain()

    def rule(self) -> None:
        """A hairline across, with room on both sides."""
        self.ln(1.5)
        self.set_draw_color(*LINE)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(2.5)

    def grid(
        self, headers: Sequence[str], rows: Iterable[Sequence], *, widths: Sequence[float], align: str = ""
    ) -> None:
        """A table whose head repeats on every page. ``widths`` are parts of the width, ``align`` one of L, C, R per column."""
        self.set_draw_color(*LINE)
        self.plain(9)
        with self.table(
            col_widths=tuple(widths),
            text_align=tuple(align or "L" * len(headers)),
            borders_layout="HORIZONTAL_LINES",
            line_height=5.4,
            padding=1,
            first_row_as_headings=False,
            num_heading_rows=0,
        ) as table:
            for cells in ([*headers], *rows):
                row = table.row()
                for cell in cells:
                    row.cell("" if cell is None else str(cell))
        self.ln(2)
        self.plain()

    def qr(self, text: str, *, side: float = 24, x: float | None = None, y: float | None = None) -> None:
        """A code of ``side`` mm, where we are or at a place."""
        self.image(io.BytesIO(qr_png(text)), x=x, y=y, w=side, h=side)

    def as_bytes(self) -> bytes:
        """The finished file."""
        return bytes(self.output())

    def response(self, name: str, *, download: bool = False) -> HttpResponse:
        """The finished file as an answer, shown or saved under ``name``."""
        answer = HttpResponse(self.as_bytes(), content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'{"attachment" if download else "inline"}; filename="{name}"'
        return answer
