"""Cards for the day of the fair: one for each delegation and each e-commerce partner, with a code that leads to its rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core import signing
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.core.documents import Document

from .models import Meeting, Timetable

SALT = "incubator.matching.card"
COLUMNS, ROWS = 2, 3
WIDTH, HEIGHT, GAP = 87, 84, 3
LINES = 8
"""So many rounds stand on a card; more are behind its code."""


@dataclass
class Card:
    """The rounds of one member: ``side`` is host (a cooperative's delegation) or guest (an e-commerce partner)."""

    side: str
    key: str
    name: str
    meetings: list[Meeting] = field(default_factory=list)

    def token(self, timetable: Timetable) -> str:
        """What stands in the code: leads to this member's rounds and to nothing else."""
        return signing.dumps([timetable.pk, self.side, self.key], salt=SALT)


def meetings_of(timetable: Timetable) -> Iterable[Meeting]:
    return timetable.meetings.select_related("proposal__product", "proposal__partner")


def cards(meetings: Iterable[Meeting]) -> list[Card]:
    """A card for everybody who has a meeting: partners first, then delegations, each by name."""
    found: dict[tuple[str, str], Card] = {}
    for meeting in meetings:
        product, partner = meeting.proposal.product, meeting.proposal.partner
        for side, key, name in (
            ("guest", meeting.guest, partner.name),
            ("host", meeting.host, product.cooperative_name),
        ):
            found.setdefault((side, key), Card(side, key, name)).meetings.append(meeting)
    return sorted(found.values(), key=lambda card: (card.side, card.name, card.key))


def read(token: str) -> tuple[int, str, str] | None:
    """The timetable, side and member a code leads to; None for one we did not make."""
    try:
        timetable, side, key = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return timetable, side, key


def line(timetable: Timetable, card: Card, meeting: Meeting) -> str:
    """09:00 Table 3: somebody, some good."""
    product, partner = meeting.proposal.product, meeting.proposal.partner
    other = partner.name if card.side == "host" else product.cooperative_name
    at = timezone.localtime(timetable.starts(meeting.slot)).strftime("%H:%M")
    return _("%(at)s table %(table)s: %(other)s, %(good)s") % {
        "at": at,
        "table": meeting.table + 1,
        "other": other,
        "good": product.name,
    }


def paper(timetable: Timetable, address: Callable[[str], str]) -> Document:
    """All cards on A4, six to a sheet, to be cut apart; ``address`` makes a full address of a card's token."""
    sheet = Document(_("Meeting cards"))
    sheet.set_auto_page_break(False)
    by_page: dict[int, list[Card]] = defaultdict(list)
    for number, card in enumerate(cards(meetings_of(timetable))):
        by_page[number // (COLUMNS * ROWS)].append(card)
    for page in by_page.values():
        sheet.add_page()
        for number, card in enumerate(page):
            x = sheet.l_margin + number % COLUMNS * (WIDTH + GAP)
            y = 12 + number // COLUMNS * (HEIGHT + GAP)
            draw(sheet, timetable, card, x, y, address)
    return sheet


def draw(sheet: Document, timetable: Timetable, card: Card, x: float, y: float, address: Callable[[str], str]) -> None:
    """One card with its corner at a place."""
    sheet.set_draw_color(206, 211, 205)
    sheet.rect(x, y, WIDTH, HEIGHT)
    sheet.qr(address(card.token(timetable)), side=25, x=x + WIDTH - 28, y=y + 3)
    sheet.set_xy(x + 4, y + 4)
    sheet.plain(13)
    sheet.multi_cell(WIDTH - 34, 6, card.name, align="L", max_line_height=6)
    sheet.set_xy(x + 4, y + 24)
    sheet.plain(8, (95, 106, 100))
    day = date_format(timetable.fair.held_on, "SHORT_DATE_FORMAT")
    sheet.cell(WIDTH - 34, 4, f"{day} · {timetable.fair.display_name}"[:34])
    top = y + 31
    for meeting in card.meetings[:LINES]:
        sheet.set_xy(x + 4, top)
        sheet.plain(8.5)
        sheet.multi_cell(WIDTH - 8, 3.2, line(timetable, card, meeting)[:50], align="L")
        top += 6.2
    if len(card.meetings) > LINES:
        sheet.set_xy(x + 4, top)
        sheet.plain(8, (95, 106, 100))
        sheet.cell(WIDTH - 8, 4, _("and %(n)s more") % {"n": len(card.meetings) - LINES})
