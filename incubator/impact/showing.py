"""A snapshot's figures as a page shows them."""

from __future__ import annotations

from math import ceil
from typing import Any, NamedTuple

from incubator.matching.words import place
from incubator.sales.states import Evidence, SalesChannel
from marketplace.core.money import to_yuan
from marketplace.core.text import is_english

from .models import Snapshot

STEP, GAP, MOST_TILES = 46, 4, 16
"""Units of the drawing from one row of tiles to the next, and between two tiles; and how many are drawn."""


class Tiles(NamedTuple):
    """How many stand in a row, how wide each is, and how many letters of a name it holds."""

    columns: int
    width: int
    letters: int


CHINESE, ENGLISH = Tiles(8, 42, 2), Tiles(4, 88, 13)
"""Two characters tell counties apart, two letters do not: English ones are wide enough for their names."""


def shown(snapshot: Snapshot) -> dict[str, Any]:
    """Everything with its words."""
    figures = snapshot.figures
    gross, back = figures["gross_fen"], figures["refunded_fen"]
    return {
        "snapshot": snapshot,
        "place": place(snapshot.area),
        "orders": figures["orders"],
        "grams": figures["grams"],
        "gross": None if gross is None else to_yuan(gross),
        "refunded": None if back is None else to_yuan(back),
        "net": None if gross is None else to_yuan(gross - back),
        "channels": [named(row, str(SalesChannel(row["key"]).label)) for row in figures["channels"]],
        "evidence": [named(row, str(Evidence(int(row["key"])).label)) for row in figures["evidence"]],
        "tiles": tiles(figures["counties"][:MOST_TILES]),
        "tiles_height": ceil(min(len(figures["counties"]), MOST_TILES) / kind_of_tiles().columns) * STEP,
        "counties": [named(row, place(row["key"])) for row in figures["counties"]],
        "cooperatives": figures["cooperatives"],
        "partners": figures["partners"],
        "agreements": figures["agreements"],
        "fairs": figures["fairs"],
        "knows_households": "households" in figures,
        "households": figures.get("households"),
        "least": figures["least"],
    }


def named(row: dict[str, Any], name: str) -> dict[str, Any]:
    """One row with its name and its money in yuan; None where it is hidden."""
    return row | {"name": name, "net": None if row["net_fen"] is None else to_yuan(row["net_fen"])}


def kind_of_tiles() -> Tiles:
    return ENGLISH if is_english() else CHINESE


def tiles(counties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Counties as tiles in the order of their codes: places in a row, no map."""
    most, kind = max((row["grams"] or 0 for row in counties), default=0), kind_of_tiles()
    return [
        named(row, place(row["key"]))
        | {
            "short": shortened(place(row["key"]), kind),
            "width": kind.width,
            "middle": kind.width // 2,
            "x": number % kind.columns * (kind.width + GAP),
            "y": number // kind.columns * STEP,
            "shade": shade(row["grams"], most),
        }
        for number, row in enumerate(counties)
    ]


def shortened(name: str, kind: Tiles) -> str:
    """What of a name a tile holds; a few of the longest English ones are cut."""
    cut = "" if kind is CHINESE else "…"
    return name if len(name) <= kind.letters else name[: kind.letters - len(cut)] + cut


def shade(grams: int | None, most: int) -> str:
    """The class of a tile: none for nothing sold or hidden, c1 to c4 by how much."""
    if not grams or not most:
        return ""
    return f"c{min(4, 1 + 4 * grams // (most + 1))}"


def rows(snapshot: Snapshot) -> list[list]:
    """The published rows as a table: part, name, orders, kg, net yuan; hidden cells say so."""
    page = shown(snapshot)
    parts = (("channel", page["channels"]), ("evidence", page["evidence"]), ("county", page["counties"]))
    found: list[list] = [["all", page["place"], *cells(page["orders"], page["grams"], page["net"])]]
    for part, table in parts:
        found += [[part, row["name"], *cells(row["orders"], row["grams"], row["net"])] for row in table]
    return found


def cells(orders: int | None, grams: int | None, net) -> list:
    """Three cells, or three that say that they are hidden."""
    return ["*", "*", "*"] if orders is None else [orders, (grams or 0) / 1000, net]
