"""The two spreadsheets of a fair, as staff type them: products and partners. Every error is named with its row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from marketplace.core import season
from marketplace.core.imports import RefusedRow
from marketplace.core.refusal import Refusal
from marketplace.core.tables import Row, Table, read_table
from marketplace.core.text import is_english

from .engine.market import Partner, Product

PRODUCT_COLUMNS = [
    "编号",
    "产品",
    "合作社",
    "县(市)区",
    "类目",
    "认证",
    "年供货量(吨)",
    "供货起月",
    "供货止月",
    "底价(元/kg)",
    "储运",
    "薄弱",
    "可合作电商数",
]
PARTNER_COLUMNS = [
    "编号",
    "电商",
    "类型",
    "渠道",
    "经营类目",
    "采购区域",
    "要求认证",
    "最低年量(吨)",
    "季节起月",
    "季节止月",
    "采购价下限(元/kg)",
    "采购价上限(元/kg)",
    "佣金(%)",
    "冷链能力",
    "履约评分",
    "可接产品数",
]
ANYWHERE = {"", "不限", "全部", "anywhere"}
YES, NO = {"是", "有", "冷链", "yes", "y", "1"}, {"", "否", "无", "常温", "no", "n", "0"}
MOST_SHOWN = 10
MOST_PLACES = 4
_BETWEEN = re.compile(r"[、,，;；/|\s]+")
_NOISE = str.maketrans({"（": "(", "）": ")", "％": "%", "　": "", " ": ""})


class UnusableSheet(Refusal):
    """A spreadsheet that cannot be taken as it is; ``for_people`` says which rows and why."""


def read_products(file, name: str) -> list[Product]:
    """The products of a fair. Raises UnreadableTable or UnusableSheet."""
    return rows_of(read_table(file, name), PRODUCT_COLUMNS, product, name)


def read_partners(file, name: str) -> list[Partner]:
    """The partners of a fair. Raises UnreadableTable or UnusableSheet."""
    return rows_of(read_table(file, name), PARTNER_COLUMNS, partner, name)


def rows_of(table: Table, columns: Iterable[str], read: Callable[[Cells], Any], name: str) -> list:
    """Every row as ``read`` makes it; UnusableSheet with all errors if there is one."""
    headers = headers_of(table, columns, name)
    found, errors = {}, []
    for row in table.rows:
        try:
            made = read(Cells(row, headers))
            if made.id in found:
                raise RefusedRow(_("the code %(code)s stands there twice") % {"code": made.id})
            found[made.id] = made
        except RefusedRow as refusal:
            errors.append(_("row %(row)s: %(why)s") % {"row": row.number, "why": refusal.for_people})
    if not found and not errors:
        raise UnusableSheet(_("%(file)s holds no rows.") % {"file": name})
    if errors:
        raise UnusableSheet(as_text(name, errors))
    return list(found.values())


def headers_of(table: Table, columns: Iterable[str], name: str = "") -> dict[str, str]:
    """Our columns → the headers of this table; UnusableSheet names those that are not there."""
    headers = {header.translate(_NOISE): header for header in table.headers}
    missing = [column for column in columns if column not in headers]
    if missing:
        said = {"file": name or _("The file"), "columns": "、".join(missing)}
        raise UnusableSheet(_("%(file)s lacks columns: %(columns)s") % said)
    return headers


def as_text(name: str, errors: list[str]) -> str:
    """All that is wrong with a file, the first ten in full."""
    lines = [_("%(file)s cannot be used:") % {"file": name}, *errors[:MOST_SHOWN]]
    if len(errors) > MOST_SHOWN:
        lines.append(_("and %(n)s more") % {"n": len(errors) - MOST_SHOWN})
    return "\n".join(lines)


class Cells:
    """The cells of one row, each read as what its column means; RefusedRow names the column."""

    def __init__(self, row: Row, headers: dict[str, str]):
        self.row, self.headers = row, headers

    def text(self, column: str, *, required: bool = True) -> str:
        """What stands there."""
        said = self.row[self.headers[column]]
        if required and not said:
            raise self.refusal(column, _("is empty"))
        return said

    def words(self, column: str) -> tuple[str, ...]:
        """Several words, in their order, each once."""
        return tuple(dict.fromkeys(filter(None, _BETWEEN.split(self.text(column, required=False)))))

    def number(self, column: str, *, most: int = 10**9, required: bool = True) -> Decimal | None:
        """A number that is not negative, with at most four decimal places; percent signs and units are tolerated."""
        said = self.text(column, required=required)
        if not said:
            return None
        try:
            value = Decimal(re.sub(r"(元|吨|%|％|kg|/|月|,)+", "", said))
        except InvalidOperation:
            raise self.refusal(column, _("“%(said)s” is no number") % {"said": said}) from None
        if not value.is_finite() or not 0 <= value <= most:
            raise self.refusal(column, _("“%(said)s” is out of range") % {"said": said})
        if value != round(value, MOST_PLACES):
            raise self.refusal(column, _("“%(said)s” has too many decimal places") % {"said": said})
        return value

    def tonnes(self, column: str) -> Decimal:
        """Tonnes to the kilogram."""
        value = self.number(column)
        if value is None or value != round(value, 3):
            raise self.refusal(column, _("“%(said)s” has too many decimal places") % {"said": value})
        return value

    def whole(self, column: str, *, least: int = 0, most: int = 10**6) -> int:
        """A whole number in a range."""
        value = self.number(column, most=most)
        if value is None or value != int(value) or value < least:
            raise self.refusal(column, _("“%(said)s” is out of range") % {"said": self.text(column)})
        return int(value)

    def month(self, column: str) -> int:
        """A month by its number."""
        return self.whole(column, least=1, most=12)

    def yes(self, column: str) -> bool:
        """Yes or no, in any of the words people use for it."""
        said = self.text(column, required=False).lower()
        if said not in YES | NO:
            raise self.refusal(column, _("“%(said)s” is neither yes nor no") % {"said": said})
        return said in YES

    def refusal(self, column: str, why: str) -> RefusedRow:
        return RefusedRow(_("%(column)s %(why)s") % {"column": column, "why": why})


def product(cells: Cells) -> Product:
    """One row of the products' sheet."""
    said = every(
        id=lambda: cells.text("编号"),
        name=lambda: cells.text("产品"),
        cooperative=lambda: cells.text("合作社"),
        county=lambda: cells.text("县(市)区"),
        category=lambda: cells.text("类目"),
        certificates=lambda: frozenset(cells.words("认证")),
        volume=lambda: cells.tonnes("年供货量(吨)"),
        first_month=lambda: cells.month("供货起月"),
        last_month=lambda: cells.month("供货止月"),
        floor=lambda: sure(cells.number("底价(元/kg)")),
        cold_chain=lambda: cells.yes("储运"),
        weak=lambda: cells.yes("薄弱"),
        slots=lambda: cells.whole("可合作电商数"),
    )
    return Product(months=season.months(said.pop("first_month"), said.pop("last_month")), **said)


def partner(cells: Cells) -> Partner:
    """One row of the partners' sheet."""
    regions = cells.words("采购区域")
    said = every(
        id=lambda: cells.text("编号"),
        name=lambda: cells.text("电商"),
        kind=lambda: cells.text("类型"),
        outlets=lambda: cells.words("渠道"),
        categories=lambda: frozenset(cells.words("经营类目")),
        required=lambda: frozenset(cells.words("要求认证")),
        min_volume=lambda: cells.tonnes("最低年量(吨)"),
        first_month=lambda: cells.month("季节起月"),
        last_month=lambda: cells.month("季节止月"),
        price_from=lambda: lower_price(cells),
        price_to=lambda: sure(cells.number("采购价上限(元/kg)")),
        commission=lambda: commission(cells),
        cold_chain=lambda: cells.yes("冷链能力"),
        reliability=lambda: reliability(cells),
        slots=lambda: cells.whole("可接产品数"),
    )
    return Partner(
        regions=None if set(regions) <= ANYWHERE else frozenset(regions),
        months=season.months(said.pop("first_month"), said.pop("last_month")),
        **said,
    )


def lower_price(cells: Cells) -> Decimal:
    """What a partner pays at least."""
    lower, upper = (sure(cells.number(column)) for column in ("采购价下限(元/kg)", "采购价上限(元/kg)"))
    if lower > upper:
        raise cells.refusal("采购价下限(元/kg)", _("is above the upper price"))
    return lower


def commission(cells: Cells) -> Decimal:
    """Percent, to the hundredth."""
    percent = sure(cells.number("佣金(%)", most=100))
    if percent != round(percent, 2):
        raise cells.refusal("佣金(%)", _("“%(said)s” has too many decimal places") % {"said": percent})
    return percent


def reliability(cells: Cells) -> float | None:
    """How well a partner kept its word, where somebody says so."""
    marks = cells.number("履约评分", most=5, required=False)
    return None if marks is None else float(marks)


def every(**readings: Callable[[], Any]) -> dict[str, Any]:
    """What each of these readings of a row answers; RefusedRow names all faults together, so that one round of mending does."""
    found, faults = {}, []
    for name, read in readings.items():
        try:
            found[name] = read()
        except RefusedRow as refusal:
            faults.append(refusal.for_people)
    if faults:
        raise RefusedRow(("; " if is_english() else "；").join(dict.fromkeys(faults)))
    return found


def sure(value: Decimal | None) -> Decimal:
    """A required number; ``Cells.number`` has refused the row where there is none."""
    assert value is not None
    return value
