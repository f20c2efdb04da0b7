"""A statement as a table for a bookkeeper's program and as a paper."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.core import tables
from marketplace.core.documents import Document
from marketplace.core.money import to_yuan

from .statements import Line, Statement

MOST_ON_PAPER = 3000


class TooLong(Exception):
    """A paper of so many lines nobody reads; the table has no such bound. ``for_people`` says so."""

    @property
    def for_people(self) -> str:
        return _("There are more than 3,000 lines. Please choose fewer days, or the table.")


def name_of(statement: Statement, ending: str) -> str:
    """The file's name: plain letters, the days in it."""
    days = f"{statement.period.since:%Y%m%d}-{statement.period.until:%Y%m%d}"
    return f"statement-{statement.seller.pk}-{days}.{ending}"


def headers() -> list[str]:
    return [
        _("Entry number"),
        _("Posted at"),
        _("What happened"),
        _("Item"),
        _("Order or payout"),
        pgettext("ledger", "Account"),
        _("Amount"),
        _("Balance of the account"),
    ]


def rows(statement: Statement) -> Iterator[list[str]]:
    """What each account held before, every line, what each held after."""
    before, after = _("Opening balance"), _("Closing balance")
    for account in statement.opening:
        yield [
            "",
            day(statement.period.since),
            before,
            "",
            "",
            str(account.label),
            "",
            yuan(statement.opening[account]),
        ]
    for line in statement.lines:
        yield [str(line.number), f"{timezone.localtime(line.at):%Y-%m-%d %H:%M:%S}", *words(line)]
    for account, fen in statement.closing.items():
        yield ["", day(statement.period.until), after, "", "", str(account.label), "", yuan(fen)]


def words(line: Line) -> list[str]:
    return [
        str(line.fact.label),
        str(line.label.label),
        line.about,
        str(line.account.label),
        str(line.amount),
        str(line.balance),
    ]


def day(value) -> str:
    return f"{value:%Y-%m-%d}"


def yuan(fen: int) -> str:
    return str(to_yuan(fen))


def table(statement: Statement) -> HttpResponse:
    """The CSV as an answer."""
    return tables.csv_answer(name_of(statement, "csv"), headers(), rows(statement))


def paper(statement: Statement) -> HttpResponse:
    """The PDF as an answer. Raises TooLong."""
    if len(statement.lines) > MOST_ON_PAPER:
        raise TooLong
    made = Document(_("Statement"), numbered=True)
    made.add_page()
    made.heading(_("Statement"))
    made.paragraph(statement.seller.name, size=12)
    made.paragraph(days_of(statement))
    made.rule()
    grid_of_balances(made, statement)
    made.grid([_("Item"), _("Amount")], statement.totals, widths=(70, 30), align="LR")
    made.rule()
    lines = [[date_format(timezone.localtime(line.at), "Y-m-d"), *words(line)] for line in statement.lines]
    heads = [_("Day"), *headers()[2:]]
    made.grid(heads, lines, widths=(17, 20, 22, 27, 17, 16, 19), align="LLLLLRR")
    response = made.response(name_of(statement, "pdf"), download=True)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def grid_of_balances(made: Document, statement: Statement) -> None:
    found = [[row["name"] or _("In all"), row["opening"], row["closing"]] for row in statement.balances]
    made.grid(
        [pgettext("ledger", "Account"), _("Opening balance"), _("Closing balance")],
        found,
        widths=(40, 30, 30),
        align="LRR",
    )


def days_of(statement: Statement) -> str:
    period = statement.period
    return _("%(first)s to %(last)s") % {
        "first": date_format(period.since, "DATE_FORMAT"),
        "last": date_format(period.until, "DATE_FORMAT"),
    }
