"""What one can filter a list by, and how many goods each choice would leave.

One choice per facet: a click replaces it, so the number beside a choice is exactly what a click shows. Counts come from
cells (combinations of everything one can filter by), a few hundred however many goods there are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.core import areas, season
from marketplace.core.statements import Statement
from marketplace.core.text import is_english

from .actions import DIMENSIONS, PRICE_BANDS
from .listing import FacetCell, Listing
from .models import Category, Certificate, Product

FACETS = ("category", "province", "certificate", "season", "ship", "price", "stock")


class Cell(NamedTuple):
    """How many listings share one combination."""

    category_path: str
    province: str
    certificates: int
    season: int
    ship_mode: str
    price_band: int
    is_in_stock: bool
    goods: int


@dataclass(frozen=True)
class Choices:
    """What the reader has chosen; empty where she has not. ``category`` is a treebeard path, ``month`` the present one."""

    month: int
    chosen: Mapping[str, str] = field(default_factory=dict)

    def keeps(self, cell: Cell, *, but: str = "") -> bool:
        """True if the cell passes every chosen facet, that named ``but`` left out."""
        return all(value in VALUES[name](cell, self.month) for name, value in self.chosen.items() if name != but)


@lru_cache(maxsize=4096)
def shelves_above(path: str) -> tuple[str, ...]:
    """A category's path and those of all categories it is in."""
    return tuple(path[:end] for end in range(Category.steplen, len(path) + 1, Category.steplen))


@lru_cache
def kinds_in(mask: int) -> tuple[str, ...]:
    """The kinds of certificate whose bit is set."""
    return tuple(kind for kind in Certificate.Kind.values if mask & certificate_bit(kind))


def certificate_bit(kind: str) -> int:
    return 1 << Certificate.Kind.values.index(kind)


VALUES: dict[str, Callable[[Cell, int], tuple[str, ...]]] = {
    "category": lambda cell, month: shelves_above(cell.category_path),
    "province": lambda cell, month: (cell.province,),
    "certificate": lambda cell, month: kinds_in(cell.certificates),
    "season": lambda cell, month: ("now",) if cell.season & season.mask(frozenset({month})) else (),
    "ship": lambda cell, month: (cell.ship_mode,),
    "price": lambda cell, month: (str(cell.price_band),),
    "stock": lambda cell, month: ("yes",) if cell.is_in_stock else (),
}
"""The values of each facet under which a cell's goods are found."""


CELLS = Statement(lambda: FacetCell.objects.filter(count__gt=0).values_list(*DIMENSIONS, "count"))


def cells(found: QuerySet[Listing] | None) -> list[Cell]:
    """The combinations of the whole shelf, or of what a search found, in one query."""
    if found is None:
        return [Cell(*row) for row in CELLS.rows()]
    rows = found.order_by().values_list(*DIMENSIONS).annotate(count=Count("pk"))
    return [Cell(*row) for row in rows]


def narrow(listings: QuerySet[Listing], choices: Choices) -> QuerySet[Listing]:
    """The listings that pass every chosen facet; the database's twin of ``Choices.keeps``."""
    for name, value in choices.chosen.items():
        if name == "certificate":
            listings = with_bit(listings, "certificates", certificate_bit(value))
        elif name == "season":
            listings = with_bit(listings, "season", season.mask(frozenset({choices.month})))
        else:
            listings = listings.filter(CONDITIONS[name](value))
    return listings


def with_bit(listings: QuerySet[Listing], column: str, bit: int) -> QuerySet[Listing]:
    """Those whose bit mask has ``bit``."""
    return listings.alias(**{f"{column}_bit": F(column).bitand(bit)}).filter(**{f"{column}_bit__gt": 0})


CONDITIONS = {
    "category": lambda value: Q(category_path__startswith=value),
    "province": lambda value: Q(province=value),
    "ship": lambda value: Q(ship_mode=value),
    "price": lambda value: Q(price_band=int(value)),
    "stock": lambda value: Q(is_in_stock=True),
}


def total(of: Iterable[Cell], choices: Choices) -> int:
    """How many listings pass, without asking the database."""
    return sum(cell.goods for cell in of if choices.keeps(cell))


def counts(of: Iterable[Cell], choices: Choices, name: str, values: Iterable[str]) -> dict[str, int]:
    """For each value of a facet, how many listings a click on it would show."""
    found: Counter[str] = Counter()
    for cell in of:
        if choices.keeps(cell, but=name):
            for value in VALUES[name](cell, choices.month):
                found[value] += cell.goods
    return {value: found[value] for value in values}


def values_of(name: str, of: Iterable[Cell]) -> list[str]:
    """The values worth offering in a facet (categories are offered by the page, which knows the tree)."""
    if name == "province":
        return sorted({cell.province for cell in of if cell.province})
    return {
        "certificate": list(Certificate.Kind.values),
        "season": ["now"],
        "ship": list(Product.ShipMode.values),
        "price": [str(band) for band in range(len(PRICE_BANDS) + 1)],
        "stock": ["yes"],
    }[name]


def words_for(name: str, value: str) -> str:
    """A value as the reader sees it."""
    if name == "province":
        return areas.get(value).name_en if is_english() else areas.get(value).short_name
    if name == "price":
        return price_words(int(value))
    if name == "certificate":
        return str(Certificate.Kind(value).label)
    if name == "ship":
        return str(Product.ShipMode(value).label)
    return _("In season") if name == "season" else _("In stock")


def price_words(band: int) -> str:
    """¥20–50, below the first end, from the last."""
    if band == 0:
        return _("Below ¥%(end)s") % {"end": PRICE_BANDS[0]}
    if band == len(PRICE_BANDS):
        return _("From ¥%(start)s") % {"start": PRICE_BANDS[-1]}
    return f"¥{PRICE_BANDS[band - 1]}–{PRICE_BANDS[band]}"
