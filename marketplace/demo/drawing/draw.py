"""Draws the goods of the demo list, one picture for each product; packs of a product share it."""

import csv
from pathlib import Path

from . import goods  # noqa: F401  (registers every drawing)
from .colour import CLOTHS
from .photograph import close_up, photograph, save_both
from .register import DRAWINGS
from .scene import Scene

DEMO = Path(__file__).resolve().parent.parent
PICTURES = DEMO / "pictures"
PRODUCTS = DEMO / "products.csv"
SIDE = 1600


def categories():
    """The category of each picture key, in the order of the product list."""
    with PRODUCTS.open(encoding="utf-8-sig", newline="") as rows:
        return {(row["parent_sku"] or row["sku"]).lower(): row["category"] for row in csv.DictReader(rows)}


def scene_of(key, *, side=SIDE):
    scene = Scene(key, CLOTHS[categories()[key]], side)
    DRAWINGS[key].into(scene)
    return scene


def draw(key, folder=PICTURES):
    """Writes the picture of one good, and its closer view where it has one."""
    image = photograph(scene_of(key))
    save_both(image, folder, key)
    closer = DRAWINGS[key].closer
    if closer:
        save_both(close_up(image, *closer), folder, f"{key}-2")
