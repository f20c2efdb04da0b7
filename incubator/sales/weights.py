"""Weights in words: what "5kg装" or "10 斤" weighs, in grams."""

from __future__ import annotations

import re
from decimal import Decimal

from marketplace.core.money import JIN_G, KG_G

GRAMS = {
    "g": 1, "克": 1, "斤": JIN_G, "市斤": JIN_G, "公斤": KG_G, "千克": KG_G, "kg": KG_G, "吨": 1_000_000, "t": 1_000_000,
}  # fmt: skip
"""What one of each unit of weight weighs."""
PIECES = {"", "袋", "箱", "件", "盒", "份", "包", "瓶", "提", "个", "桶", "罐", "桶装", "套", "捆", "筐", "只", "枚"}
"""Units that count packs."""
PACK = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>kg|公斤|千克|市斤|斤|g|克)(?:\s*(?:装|/?袋|/?箱)?\s*[*×xX]\s*(?P<times>\d{1,3}))?",
    re.IGNORECASE,
)


def in_words(text: str) -> int | None:
    """Grams of the first weight a title or specification names; 2.5kg×4 is ten kilograms. None if it names none."""
    found = PACK.search(text)
    if not found:
        return None
    grams = Decimal(found["number"]) * GRAMS[found["unit"].lower()] * int(found["times"] or 1)
    return int(grams) if grams == int(grams) and grams > 0 else None


def is_unit(unit: str) -> bool:
    """True if we know what the unit means."""
    return unit in PIECES or unit.lower() in GRAMS


def sold(quantity: str, unit: str, pack_grams: int | None) -> int | None:
    """Grams of so many packs, or of so many 斤; None while nobody knows what a pack weighs."""
    each = GRAMS.get(unit.lower()) or pack_grams
    return int(Decimal(quantity) * each) if each else None
