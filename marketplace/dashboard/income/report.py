"""The quarterly report of sellers' identity and income (State Council order 810): rows for the page and the table."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from marketplace.core.templatetags.yanxing import place
from marketplace.opening.models import Opening
from marketplace.partner.models import Partner
from marketplace.settlement import income
from marketplace.settlement.periods import Period, month_of, quarter_of

HIDDEN = "*"
QUARTERS = 8


@dataclass(frozen=True)
class Row:
    """One seller: who she is, as far as the reader may know it, and her figures in yuan."""

    seller: Partner
    person: str
    identity: str
    code: str
    figures: income.Income


def quarters(today: date) -> list[Period]:
    """This quarter and those before it, the newest first."""
    found = [quarter_of(today)]
    while len(found) < QUARTERS:
        found.append(quarter_of(found[-1].since - timedelta(days=1)))
    return found


def name_of(quarter: Period) -> str:
    return f"{quarter.since.year}Q{(quarter.since.month + 2) // 3}"


def due(quarter: Period) -> date:
    """The report is due in the month after the quarter."""
    return month_of(quarter.until + timedelta(days=1)).until


def rows(quarter: Period, *, with_identity: bool) -> list[Row]:
    """Every seller with income or refunds. Names and numbers of persons are masked for who may not read them."""
    figures = income.of_sellers(quarter)
    sellers = Partner.objects.in_bulk([each.seller for each in figures])
    openings = {opening.seller_id: opening for opening in Opening.objects.filter(seller__in=sellers)}
    return [row(sellers[each.seller], openings.get(each.seller), each, with_identity) for each in figures]


def row(seller: Partner, opening: Opening | None, figures: income.Income, with_identity: bool) -> Row:
    person, identity, code = (opening.person, opening.identity, opening.code) if opening else ("", "", "")
    if not with_identity:
        person, identity = masked(person, 1, 0), masked(identity, 3, 4)
    return Row(seller, person, identity, code, figures)


def masked(text: str, first: int, last: int) -> str:
    """王*, 230***********1234; nothing stays nothing."""
    hidden = max(len(text) - first - last, 0)
    return text[:first] + HIDDEN * hidden + text[len(text) - last :] if text and hidden else HIDDEN * len(text)


def headers() -> list[str]:
    return [
        _("Quarter"),
        _("Seller"),
        _("Kind"),
        _("Real name"),
        _("Identity number"),
        _("Unified social credit code"),
        _("Place"),
        _("Orders paid"),
        _("Income in all"),
        _("Orders refunded"),
        _("Refunds"),
        _("Income less refunds"),
        _("Platform commission"),
    ]


def cells(quarter: Period, row: Row) -> list[str]:
    yuan = row.figures.in_yuan
    return [
        name_of(quarter),
        row.seller.name,
        str(row.seller.get_kind_display()),
        row.person,
        row.identity,
        row.code,
        place(row.seller.area) if row.seller.area else "",
        str(row.figures.orders),
        str(yuan["sold"]),
        str(row.figures.refunded_orders),
        str(yuan["refunded"]),
        str(yuan["net"]),
        str(yuan["fees"]),
    ]
