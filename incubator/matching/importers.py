"""The two spreadsheets of a fair, row by row, into its registrations (``marketplace.core.imports`` does the rest)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incubator.members.models import Cooperative, EcommercePartner
from incubator.members.words import Category, Outlet, Scheme, UnknownWord, code_of, codes_of
from marketplace.accounts import roles
from marketplace.core.imports import Meaning, PlainImporter, RefusedRow
from marketplace.core.tables import Row, Table

from . import sheets
from .counties import Counties
from .models import Fair, FairPartner, FairProduct

KINDS = {"企业": "company", "公司": "company", "个人": "person", "company": "company", "person": "person"}


class SheetImporter(PlainImporter):
    """What both sheets share: codes are unique in the file and name the registration; words become codes."""

    kind: str
    columns: list[str]
    model: type[FairProduct | FairPartner]
    sample: list[str]
    """One row as it may stand in a file."""

    def __init__(self, fair: Fair, table: Table):
        self.fair, self.headers = fair, sheets.headers_of(table, self.columns)
        self.counties = Counties(fair.area)
        self.seen: set[str] = set()
        self.known = {row.code: row for row in self.model.objects.filter(fair=fair)}

    def meaning(self, row: Row) -> Meaning:
        code, values = self.read(sheets.Cells(row, self.headers))
        if code in self.seen:
            raise RefusedRow(_("the code %(code)s stands there twice") % {"code": code})
        self.seen.add(code)
        self.check(code, values)
        return Meaning(self.known.get(code) or self.model(fair=self.fair, code=code), values)

    def read(self, cells: sheets.Cells) -> tuple[str, dict[str, Any]]:
        raise NotImplementedError

    def check(self, code: str, values: dict[str, Any]) -> None:
        """Refuse what the columns cannot hold."""
        try:
            self.model(fair=self.fair, code=code, **values).clean_fields(exclude=["fair", "cooperative", "partner"])
        except ValidationError as error:
            name, complaints = next(iter(error.message_dict.items()))
            label = self.model._meta.get_field(name).verbose_name
            raise RefusedRow(_("%(column)s: %(why)s") % {"column": label, "why": complaints[0]}) from None

    def county(self, said: str) -> str:
        code = self.counties.code(said)
        if code is None:
            raise RefusedRow(_("“%(place)s” is no place we know here") % {"place": said})
        return code


class ProductImporter(SheetImporter):
    """Rows of the products' sheet."""

    kind, columns, model = "fair_products", sheets.PRODUCT_COLUMNS, FairProduct
    sample = [
        "P1",
        "大米",
        "示例合作社",
        "甘南县",
        "米面粮油",
        "绿色食品",
        "120.0",
        "10",
        "9",
        "6.86",
        "常温",
        "否",
        "2",
    ]

    def __init__(self, fair: Fair, table: Table):
        super().__init__(fair, table)
        members = Cooperative.objects.filter(roles.within((roles.stem(fair.area),))).active()
        self.cooperatives = unique((f"{each.name} {each.area}", each.pk) for each in members)

    def read(self, cells: sheets.Cells) -> tuple[str, dict[str, Any]]:
        said = sheets.every(
            made=lambda: sheets.product(cells),
            county=lambda: self.county(cells.text("县(市)区")),
            category=lambda: coded(code_of, cells.text("类目"), Category),
            schemes=lambda: coded(codes_of, cells.words("认证"), Scheme),
        )
        made, county = said["made"], said["county"]
        return made.id, {
            "name": made.name,
            "cooperative_name": made.cooperative,
            "cooperative_id": self.cooperatives.get(f"{made.cooperative} {county}"),
            "county": county,
            "category": said["category"],
            "schemes": sorted(said["schemes"]),
            "volume_t": made.volume,
            "season_from": cells.whole("供货起月", least=1, most=12),
            "season_to": cells.whole("供货止月", least=1, most=12),
            "floor_price": made.floor,
            "needs_cold_chain": made.cold_chain,
            "is_weak": made.weak,
            "slots": made.slots,
        }


class PartnerImporter(SheetImporter):
    """Rows of the partners' sheet."""

    kind, columns, model = "fair_partners", sheets.PARTNER_COLUMNS, FairPartner
    sample = [
        "E1",
        "示例电商公司",
        "企业",
        "淘宝、企业团购",
        "米面粮油、五谷杂粮",
        "不限",
        "",
        "1.3",
        "1",
        "12",
        "6.17",
        "21.48",
        "8",
        "无",
        "3.2",
        "2",
    ]

    def __init__(self, fair: Fair, table: Table):
        super().__init__(fair, table)
        members = EcommercePartner.objects.filter(roles.within((roles.stem(fair.area),))).active()
        self.partners = unique((each.name, each.pk) for each in members)

    def read(self, cells: sheets.Cells) -> tuple[str, dict[str, Any]]:
        said = sheets.every(
            made=lambda: sheets.partner(cells),
            kind=lambda: coded(kind_of, cells.text("类型")),
            outlets=lambda: coded(codes_of, cells.words("渠道"), Outlet),
            categories=lambda: coded(codes_of, cells.words("经营类目"), Category),
            regions=lambda: self.regions(cells.words("采购区域")),
            schemes=lambda: coded(codes_of, cells.words("要求认证"), Scheme),
        )
        made = said["made"]
        return made.id, {
            "name": made.name,
            "partner_id": self.partners.get(made.name),
            "kind": said["kind"],
            "outlets": said["outlets"],
            "categories": sorted(said["categories"]),
            "regions": said["regions"],
            "required_schemes": sorted(said["schemes"]),
            "min_volume_t": made.min_volume,
            "season_from": cells.whole("季节起月", least=1, most=12),
            "season_to": cells.whole("季节止月", least=1, most=12),
            "price_from": made.price_from,
            "price_to": made.price_to,
            "commission_percent": made.commission,
            "has_cold_chain": made.cold_chain,
            "reliability": None if made.reliability is None else Decimal(str(made.reliability)),
            "slots": made.slots,
        }

    def regions(self, names: Sequence[str]) -> list[str]:
        """Where it buys; nothing named, or "anywhere", is everywhere."""
        return [] if set(names) <= sheets.ANYWHERE else sorted({self.county(name) for name in names})


def kind_of(word: str) -> str:
    """Company or person; raises UnknownWord."""
    if word not in KINDS:
        raise UnknownWord(word)
    return KINDS[word]


def coded(read: Callable, *asked) -> Any:
    """What ``read`` makes of words; RefusedRow for one we do not know."""
    try:
        return read(*asked)
    except UnknownWord as unknown:
        raise RefusedRow(_("“%(word)s” is no word we know here") % {"word": unknown.word}) from None


SIDES: dict[str, type[SheetImporter]] = {"products": ProductImporter, "partners": PartnerImporter}


def unique(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Keys that stand there once; two members of one name are nobody until staff say which."""
    found = list(pairs)
    often = Counter(name for name, _key in found)
    return {name: key for name, key in found if often[name] == 1}
