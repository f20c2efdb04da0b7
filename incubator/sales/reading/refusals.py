"""Why a row or a file could not be taken, by code; the words are chosen when somebody reads them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

REASONS = {
    "no_order_number": gettext_noop("There is no order number."),
    "ruined_number": gettext_noop(
        "The number %(value)s was ruined by a spreadsheet program: its last digits are lost. Please export the file again."
    ),
    "unreadable_text": gettext_noop("The column “%(column)s” holds characters that cannot be read."),
    "cut_off": gettext_noop("The file ends in the middle of this row."),
    "unknown_state": gettext_noop("The state “%(value)s” is not known. Staff can teach the account what it means."),
    "unknown_unit": gettext_noop("The unit “%(value)s” is not known."),
    "no_amount": gettext_noop("There is no amount in “%(column)s”."),
    "not_an_amount": gettext_noop("“%(value)s” in “%(column)s” is not an amount of money."),
    "negative_amount": gettext_noop("“%(value)s” in “%(column)s” is below zero."),
    "not_a_quantity": gettext_noop("“%(value)s” in “%(column)s” is not a quantity."),
    "not_a_day": gettext_noop("“%(value)s” in “%(column)s” is not a date."),
    "no_day": gettext_noop("A paid order needs a date in “%(column)s”."),
    "no_goods": gettext_noop("The row names no goods."),
    "refund_too_large": gettext_noop("The refund of ¥%(refund)s is larger than the sale of ¥%(sale)s."),
    "too_long": gettext_noop("The order number %(value)s… is too long."),
    "empty_file": gettext_noop("The file is empty."),
    "old_excel": gettext_noop("This is an old Excel file. Please save it as XLSX or CSV and try again."),
    "web_page": gettext_noop("This is a web page named like a spreadsheet. Please open it and save it as XLSX or CSV."),
    "broken_file": gettext_noop("The file is damaged or was not transferred completely. Please export it again."),
    "too_large": gettext_noop("The file unpacks to more than we read."),
    "no_such_file": gettext_noop("The file cannot be found or opened."),
    "unknown_header": gettext_noop(
        "None of the column names tells what this file is. Say once for this account which column is which. Found: %(columns)s"
    ),
}


def say(code: str, params: dict | None = None) -> str:
    """The reason in the reader's language."""
    return _(REASONS[code]) % (params or {})


class Refusal(Exception):
    """Base: a code of ``REASONS`` and the values its words need."""

    def __init__(self, code: str, **params: str):
        super().__init__(code)
        self.code, self.params = code, params

    @property
    def for_people(self) -> str:
        return say(self.code, self.params)


class RowRefused(Refusal):
    """One row cannot be counted; the rest of the file can."""


class UnreadableFile(Refusal):
    """Nothing in the file can be read."""


class UnknownHeader(UnreadableFile):
    """The file is a table, but no layout knows its columns; ``headers`` are what staff map."""

    def __init__(self, headers: list[str]):
        super().__init__("unknown_header", columns="、".join(headers[:12]))
        self.headers = headers
