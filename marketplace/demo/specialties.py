"""The list of specialties as it lies in ``products.csv``: what is sold, from where, in which packs."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
PACK_WORDS = re.compile(r",?\s*\d+(\.\d+)?\s?(kg|g|只)?(装|箱)?$")
"""The end of a listed name that says how much: 齐齐哈尔新米 5kg装, Luochuan apples 5 kg."""
PACKING_PERCENT = 8
"""What the box weighs beside the goods."""


@dataclass(frozen=True)
class Pack:
    """One line of the list: how much, for how many yuan."""

    sku: str
    label: str
    grams: int
    price: Decimal

    @property
    def gross_grams(self) -> int:
        return self.grams * (100 + PACKING_PERCENT) // 100


@dataclass(frozen=True)
class Specialty:
    """One good with its packs. ``key`` also names its pictures."""

    key: str
    row: dict
    packs: tuple[Pack, ...]

    @property
    def title(self) -> str:
        return PACK_WORDS.sub("", self.row["name_zh"])

    @property
    def title_en(self) -> str:
        return PACK_WORDS.sub("", self.row["name_en"])

    @property
    def shelf(self) -> str:
        """The narrowest category the good stands in."""
        return descriptions()[self.key].get("shelf", self.row["category"])

    @property
    def description(self) -> str:
        return paragraphs(descriptions()[self.key]["zh"])

    @property
    def description_en(self) -> str:
        return paragraphs(descriptions()[self.key]["en"])

    @property
    def has_checked_indication(self) -> bool:
        """True where a registration of the geographical indication was found; the others claim none."""
        return self.row["gi_check"] == "A"

    @property
    def facts(self) -> dict:
        """Columns of a product that the list states."""
        row = self.row
        return {
            "origin": row["county_code"],
            "season_from": int(row["season_from"] or 0) or None,
            "season_to": int(row["season_to"] or 0) or None,
            "all_year": row["all_year"] == "yes",
            "shelf_days": int(row["shelf_days"]),
            "ship_mode": row["ship_mode"],
            "return_exempt": row["no_reason_return"].startswith("不支持"),
            "unit_price_by": row["unit_price_by"],
            "weight_is_about": row["about"] == "yes",
        }


@cache
def descriptions() -> dict:
    """Texts by key, in both languages."""
    return json.loads((HERE / "descriptions.json").read_text(encoding="utf-8"))


def paragraphs(sentences: list[str]) -> str:
    """One paragraph each."""
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


@cache
def everything() -> tuple[Specialty, ...]:
    """All specialties in the order of the list; lines with the same parent are packs of one good."""
    with (HERE / "products.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(specialties(csv.DictReader(file)))


def specialties(rows) -> Iterator[Specialty]:
    """Group neighbouring lines by the good they are packs of."""
    for key, packs in groupby(rows, key=lambda row: (row["parent_sku"] or row["sku"]).lower()):
        lines = list(packs)
        yield Specialty(key=key, row=lines[0], packs=tuple(pack(line) for line in lines))


def pack(row: dict) -> Pack:
    """One line's pack."""
    grams = int(Decimal(row["pack_kg"]) * 1000)
    return Pack(sku=row["sku"], label=row["pack"], grams=grams, price=Decimal(row["price_cny"]))
