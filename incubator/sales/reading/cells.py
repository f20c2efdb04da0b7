"""Cells as people and programs leave them: wrapped, tabbed, with units, or ruined."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from marketplace.core import money

from .refusals import RowRefused

NOTHING = {"", "-", "--", "#NULL!", "null", "NULL", "None", "无"}
WRAPPED = re.compile(r'^="?(.*?)"?$', re.DOTALL)
IN_POWERS_OF_TEN = re.compile(r"^\d+(\.\d+)?[eE]\+?\d+$")
DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?!\d)")
PLAIN_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
MONEY_MARKS = str.maketrans("", "", ",，¥￥元 \u00a0")
QUANTITY = re.compile(r"^(\d+(?:\.\d+)?)\s*(\D*)$")
LONGEST_NUMBER = 64
MOST_YUAN = Decimal("100000000")
MOST_PIECES = Decimal("1000000")


def bare(raw: str) -> str:
    """The cell's text without blanks, tabs, marks of order, ="…" or a leading apostrophe; empty for what means nothing."""
    text = raw.strip().strip("\ufeff\u200b\u200e\u200f\u3000")
    if text.startswith("="):
        text = WRAPPED.sub(r"\1", text).strip()
    text = text.lstrip("'‘’").strip()
    return "" if text in NOTHING else text


def order_number(text: str) -> str:
    """An order number, kept as text; refused when a spreadsheet has rounded it."""
    if not text:
        raise RowRefused("no_order_number")
    if IN_POWERS_OF_TEN.match(text):
        raise RowRefused("ruined_number", value=text)
    if len(text) > LONGEST_NUMBER:
        raise RowRefused("too_long", value=text[:20])
    return text


def fen(text: str, column: str) -> int:
    """Fen of an amount such as 1,198.00 or 67.90元."""
    if not text:
        raise RowRefused("no_amount", column=column)
    try:
        yuan = Decimal(text.translate(MONEY_MARKS))
        amount = money.to_fen(yuan)
    except (InvalidOperation, ValueError):
        raise RowRefused("not_an_amount", value=text, column=column) from None
    if abs(yuan) > MOST_YUAN:
        raise RowRefused("not_an_amount", value=text, column=column)
    if amount < 0:
        raise RowRefused("negative_amount", value=text, column=column)
    return amount


def fen_or_nothing(text: str, column: str) -> int:
    """As ``fen``; an empty cell is nothing. Some exports write what goes out with a minus."""
    return fen(text.lstrip("-−"), column) if text else 0


def day(text: str, column: str, order: str = "ymd") -> str:
    """The day as 2026-10-01; empty for an empty cell. Days and months beyond the calendar are refused.

    ``order`` says what comes first where the year does not: dmy or mdy.
    """
    if not text:
        return ""
    found = DAY.match(text) or PLAIN_DAY.match(text)
    parts = [int(part) for part in found.groups()] if found else year_last(text, order)
    if parts and is_day(*parts):
        year, month, of_month = parts
        return f"{year:04}-{month:02}-{of_month:02}"
    raise RowRefused("not_a_day", value=text, column=column)


def year_last(text: str, order: str) -> list[int]:
    """Year, month and day of 01/10/2026 in the order that staff taught; nothing where they taught none."""
    found = YEAR_LAST.match(text)
    if found is None or order == "ymd":
        return []
    one, other, year = (int(part) for part in found.groups())
    return [year, other, one] if order == "dmy" else [year, one, other]


def is_day(year: int, month: int, of_month: int) -> bool:
    """True for a day of the calendar since there were shops on the net."""
    return 1990 <= year <= 2100 and 1 <= month <= 12 and 1 <= of_month <= days_in(year, month)


def days_in(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def quantity(text: str, column: str) -> tuple[str, str]:
    """How many, and the unit typed behind it: ("10", "斤"). More than nothing and less than a million."""
    found = QUANTITY.match(text.replace(",", ""))
    if not found or not 0 < Decimal(found[1]) <= MOST_PIECES:
        raise RowRefused("not_a_quantity", value=text, column=column)
    return f"{Decimal(found[1]).normalize():f}", found[2].strip()


def pieces(text: str, column: str) -> str:
    """A whole number of packs."""
    number, _unit = quantity(text, column)
    if "." in number:
        raise RowRefused("not_a_quantity", value=text, column=column)
    return number
