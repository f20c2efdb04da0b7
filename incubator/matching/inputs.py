"""What goes into a run, as plain data that can be kept, hashed and read back to the same request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from .engine.market import Partner, Product
from .engine.match import Pin, Request
from .engine.scoring import BUILT_IN, V1
from .models import Fair, FairPartner, FairProduct, MatchRun, Override

BY_HAND = "staff"
"""Stands for the reason of a pin: the words stay with the override, inputs only need to know that there are some."""


def product_of(row: FairProduct) -> dict[str, Any]:
    """A registered product as the engine wants it."""
    return {
        "id": row.code,
        "name": row.name,
        "cooperative": row.cooperative_name,
        "county": row.county,
        "category": row.category,
        "certificates": sorted(row.schemes),
        "volume": str(row.volume_t),
        "months": sorted(row.season),
        "floor": str(row.floor_price),
        "cold_chain": row.needs_cold_chain,
        "weak": row.is_weak,
        "slots": row.slots,
    }


def partner_of(row: FairPartner) -> dict[str, Any]:
    """A registered partner as the engine wants it."""
    return {
        "id": row.code,
        "name": row.name,
        "kind": row.kind,
        "outlets": row.outlets,
        "categories": sorted(row.categories),
        "regions": sorted(row.regions) or None,
        "required": sorted(row.required_schemes),
        "min_volume": str(row.min_volume_t),
        "months": sorted(row.season),
        "price_from": str(row.price_from),
        "price_to": str(row.price_to),
        "commission": str(row.commission_percent),
        "cold_chain": row.has_cold_chain,
        "reliability": None if row.reliability is None else float(row.reliability),
        "slots": row.slots,
    }


def gather(fair: Fair, previous: MatchRun | None) -> dict[str, Any]:
    """Everything a run of this fair would be made from now."""
    overrides = list(fair.overrides.in_force().select_related("product", "partner"))
    kept = [] if previous is None else previous.proposals.values_list("product__code", "partner__code")
    return {
        "products": [product_of(row) for row in fair.products.order_by("code")],
        "partners": [partner_of(row) for row in fair.partners.order_by("code")],
        "pins": pairs_of(each for each in overrides if each.kind == Override.Kind.PIN),
        "bans": pairs_of(each for each in overrides if each.kind == Override.Kind.BAN),
        "previous": sorted([product, partner] for product, partner in kept),
        "weights": V1.version,
    }


def pairs_of(overrides: Iterable[Override]) -> list[list[str]]:
    return sorted([each.product.code, each.partner.code] for each in overrides)


def hash_of(inputs: dict[str, Any]) -> str:
    """Equal for equal inputs, whatever the order in which they were typed."""
    text = json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def request_of(inputs: dict[str, Any], *, pins: Iterable[list[str]] | None = None, bans=None) -> Request:
    """The request these inputs stand for; ``pins`` and ``bans`` replace its own, to try something."""
    return Request(
        products=[read_product(row) for row in inputs["products"]],
        partners=[read_partner(row) for row in inputs["partners"]],
        weights=BUILT_IN[inputs["weights"]],
        pins=[Pin(pair[0], pair[1], BY_HAND) for pair in (inputs["pins"] if pins is None else pins)],
        bans=[(pair[0], pair[1]) for pair in (inputs["bans"] if bans is None else bans)],
        previous=[(pair[0], pair[1]) for pair in inputs["previous"]],
    )


def read_product(row: dict[str, Any]) -> Product:
    sets = {"certificates": frozenset(row["certificates"]), "months": frozenset(row["months"])}
    numbers = {"volume": Decimal(row["volume"]), "floor": Decimal(row["floor"])}
    return Product(**(row | sets | numbers))


def read_partner(row: dict[str, Any]) -> Partner:
    sets = {
        "outlets": tuple(row["outlets"]),
        "categories": frozenset(row["categories"]),
        "regions": None if row["regions"] is None else frozenset(row["regions"]),
        "required": frozenset(row["required"]),
        "months": frozenset(row["months"]),
    }
    numbers = {name: Decimal(row[name]) for name in ("min_volume", "price_from", "price_to", "commission")}
    return Partner(**(row | sets | numbers))
