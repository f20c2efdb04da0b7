"""Products and partners of a fair: first as a person would write them down, then as columns for arithmetic.

Whatever decides possible or impossible is an integer, so that 10.00 × (1 − 8 %) = 9.20 meets a floor of 9.20.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import ClassVar

import numpy as np

from marketplace.core import season

PRICE_SCALE = 10_000
"""Prices are kept in 1/10,000 yuan per kg, commissions in 1/10,000 of the price, volumes in kg."""
KG_PER_TONNE = 1_000
Numbers = dict[str, int]
"""A number for each word."""


@dataclass(frozen=True, slots=True)
class Product:
    """A good at a fair. ``volume`` in tonnes a year, ``floor`` in yuan per kg, ``slots`` how many partners it can serve.

    ``readiness`` from 0 to 1 says how ready it is for sale online; None where nobody has looked.
    """

    id: str
    name: str
    cooperative: str
    county: str
    category: str
    certificates: frozenset[str]
    volume: Decimal
    months: frozenset[int]
    floor: Decimal
    cold_chain: bool
    weak: bool
    slots: int
    readiness: float | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """An e-commerce partner at a fair. ``regions`` None means from anywhere; ``commission`` in percent of the price.

    ``reliability`` is the record of kept promises from 0 to 5; None for somebody new. ``slots``: products it can take.
    """

    id: str
    name: str
    kind: str
    outlets: tuple[str, ...]
    categories: frozenset[str]
    regions: frozenset[str] | None
    required: frozenset[str]
    min_volume: Decimal
    months: frozenset[int]
    price_from: Decimal
    price_to: Decimal
    commission: Decimal
    cold_chain: bool
    reliability: float | None
    slots: int


@dataclass(frozen=True)
class _Columns:
    """Arrays of one length, or of any shape after ``pick``."""

    row: np.ndarray
    WHOLE: ClassVar[frozenset[str]] = frozenset()

    def __len__(self) -> int:
        return len(self.row)

    def pick(self, index: np.ndarray):
        """The same columns at these rows, in the shape of ``index``."""
        return type(self)(
            **{each.name: getattr(self, each.name) for each in fields(self) if each.name in self.WHOLE},
            **{each.name: getattr(self, each.name)[index] for each in fields(self) if each.name not in self.WHOLE},
        )


@dataclass(frozen=True)
class Products(_Columns):
    """Columns of the products. Months, certificates: bits."""

    category: np.ndarray
    county: np.ndarray
    certificates: np.ndarray
    volume: np.ndarray
    months: np.ndarray
    floor: np.ndarray
    cold_chain: np.ndarray
    weak: np.ndarray
    slots: np.ndarray
    readiness: np.ndarray


@dataclass(frozen=True)
class Partners(_Columns):
    """Columns of the partners. ``buys`` (partner × category) and ``serves`` (partner × county) are whole tables."""

    buys: np.ndarray
    serves: np.ndarray
    required: np.ndarray
    min_volume: np.ndarray
    months: np.ndarray
    price_from: np.ndarray
    price_to: np.ndarray
    commission: np.ndarray
    cold_chain: np.ndarray
    reliability: np.ndarray
    outlets: np.ndarray
    slots: np.ndarray
    WHOLE: ClassVar[frozenset[str]] = frozenset({"buys", "serves"})


@dataclass(frozen=True)
class Market:
    """Both sides as columns, in the order of their ids."""

    products: Products
    partners: Partners

    @property
    def pairs(self) -> tuple[Products, Partners]:
        """Every product against every partner: columns that broadcast to a table of product × partner."""
        return (
            self.products.pick(np.arange(len(self.products))[:, None]),
            self.partners.pick(np.arange(len(self.partners))[None, :]),
        )


def scaled(value: Decimal, by: int) -> int:
    """An exact integer; ValueError for more decimal places than we keep."""
    whole = value * by
    if whole != whole.to_integral_value():
        raise ValueError(f"{value} has too many decimal places")
    return int(whole)


def bits(words: Iterable[str], order: dict[str, int]) -> int:
    return sum(1 << order[word] for word in words)


def order_of(words: Iterable[str]) -> dict[str, int]:
    """A number for each word, by spelling, so that it never depends on the order of the rows."""
    return {word: number for number, word in enumerate(sorted(set(words)))}


def table(rows: Sequence[frozenset[str] | None], order: dict[str, int]) -> np.ndarray:
    """Row × word: True where the row names the word; a row that is None names all."""
    filled = np.zeros((len(rows), max(len(order), 1)), dtype=bool)
    for number, words in enumerate(rows):
        if words is None:
            filled[number] = True
        else:
            filled[number, [order[word] for word in words if word in order]] = True
    return filled


def known(value: float | None) -> float:
    return np.nan if value is None else value


def build(products: Sequence[Product], partners: Sequence[Partner]) -> Market:
    """Columns of the given rows; sort the rows by id first."""
    categories = order_of(each.category for each in products)
    counties = order_of(each.county for each in products)
    named = [*(each.certificates for each in products), *(each.required for each in partners)]
    schemes = order_of(word for words in named for word in words)
    return Market(
        product_columns(products, categories, counties, schemes),
        partner_columns(partners, categories, counties, schemes),
    )


def product_columns(products: Sequence[Product], categories: Numbers, counties: Numbers, schemes: Numbers) -> Products:
    """One array for each thing the rules and scores ask of products."""
    return Products(
        row=np.arange(len(products)),
        category=np.array([categories[each.category] for each in products], dtype=np.int64),
        county=np.array([counties[each.county] for each in products], dtype=np.int64),
        certificates=np.array([bits(each.certificates, schemes) for each in products], dtype=np.int64),
        volume=np.array([scaled(each.volume, KG_PER_TONNE) for each in products], dtype=np.int64),
        months=np.array([season.mask(each.months) for each in products], dtype=np.int64),
        floor=np.array([scaled(each.floor, PRICE_SCALE) for each in products], dtype=np.int64),
        cold_chain=np.array([each.cold_chain for each in products], dtype=bool),
        weak=np.array([each.weak for each in products], dtype=bool),
        slots=np.array([each.slots for each in products], dtype=np.int64),
        readiness=np.array([known(each.readiness) for each in products], dtype=np.float64),
    )


def partner_columns(partners: Sequence[Partner], categories: Numbers, counties: Numbers, schemes: Numbers) -> Partners:
    """One array for each thing the rules and scores ask of partners."""
    return Partners(
        row=np.arange(len(partners)),
        buys=table([each.categories for each in partners], categories),
        serves=table([each.regions for each in partners], counties),
        required=np.array([bits(each.required, schemes) for each in partners], dtype=np.int64),
        min_volume=np.array([scaled(each.min_volume, KG_PER_TONNE) for each in partners], dtype=np.int64),
        months=np.array([season.mask(each.months) for each in partners], dtype=np.int64),
        price_from=np.array([scaled(each.price_from, PRICE_SCALE) for each in partners], dtype=np.int64),
        price_to=np.array([scaled(each.price_to, PRICE_SCALE) for each in partners], dtype=np.int64),
        commission=np.array([scaled(each.commission, 100) for each in partners], dtype=np.int64),
        cold_chain=np.array([each.cold_chain for each in partners], dtype=bool),
        reliability=np.array([known(each.reliability) for each in partners], dtype=np.float64),
        outlets=np.array([len(set(each.outlets)) for each in partners], dtype=np.int64),
        slots=np.array([each.slots for each in partners], dtype=np.int64),
    )
