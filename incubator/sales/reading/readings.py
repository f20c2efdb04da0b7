"""What one row of a file says, reduced to what is counted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ..states import SaleState

ORDER, ITEM, LINE, REFUND = "order", "item", "line", "refund"
"""An order's head, an item of it, a line that is complete in itself, and a refund whose amount staff looked up."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Money in fen. ``refund_fen`` is None where something was given back and the file does not say how much.

    ``goods_fen`` is what the buyer owed for goods after the shop's own discount, without postage.
    """

    kind: str
    order_number: str
    line_key: str = ""
    state: int = SaleState.UNPAID
    sold_on: str = ""
    goods_fen: int | None = None
    refund_fen: int | None = 0
    title: str = ""
    code: str = ""
    pack: str = ""
    quantity: str = "1"
    unit: str = ""
    price_fen: int | None = None

    def values(self) -> dict[str, Any]:
        """Everything but the key, without what is left at its default: what we keep of the row."""
        return {name: value for name, default in _VALUES if (value := getattr(self, name)) != default}


_KEY = {"kind", "order_number", "line_key"}
_VALUES = tuple((field.name, field.default) for field in fields(Reading) if field.name not in _KEY)


def progress_of(values: Mapping[str, Any]) -> tuple[int, int]:
    """How far kept values say an order had come: states go forward and refunds grow, from none over unknown to an amount."""
    refund = values.get("refund_fen", 0)
    return values.get("state", 0), 1 if refund is None else refund and refund + 1


def digest(values: object) -> str:
    """A short fingerprint of plain values: 16 hexadecimal digits, equal for equal contents."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
