"""Figures as somebody declared them: with a qualifier, a date and a source, and never added to what we count ourselves."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from marketplace.core.text import is_english

MYRIAD, HUNDRED_MILLION, MILLION = Decimal(10**4), Decimal(10**8), Decimal(10**6)


class Qualifier(models.TextChoices):
    """What the source says of its number: 120余 is at least, 近千 is about (and below), a bare number is exact."""

    EXACT = "exact", gettext_lazy("exact")
    AT_LEAST = "at_least", gettext_lazy("at least")
    ABOUT = "about", gettext_lazy("nearly")


class Unit(models.TextChoices):
    """What is counted. Each has one plural rule in ``unit_words``."""

    YUAN = "yuan", gettext_lazy("yuan")
    TONNE = "tonne", gettext_lazy("tonnes")
    KILOGRAM = "kg", gettext_lazy("kilograms")
    PERSON = "person", gettext_lazy("people")
    HOUSEHOLD = "household", gettext_lazy("households")
    PRODUCT = "product", gettext_lazy("products")
    PARTNER = "partner", gettext_lazy("e-commerce partners")
    COUNTY = "county", gettext_lazy("counties")
    VILLAGE = "village", gettext_lazy("villages")
    ORDER = "order", gettext_lazy("orders")
    PERCENT = "percent", "%"


@dataclass(frozen=True)
class QualifiedFigure:
    """A number with what is known of it; ``value`` None is unknown and prints 未知, never 0."""

    value: Decimal | int | None
    unit: str
    qualifier: str = Qualifier.EXACT
    as_of: date | None = None
    source: str = ""

    def __str__(self) -> str:
        """120+ 吨, 近 1000 人, 9.63 亿元; 120+ tonnes, nearly 1,000 people, 963 million yuan."""
        if self.value is None:
            return _("unknown")
        spelt = english if is_english() else chinese
        return spelt(self, Decimal(self.value))


def chinese(figure: QualifiedFigure, value: Decimal) -> str:
    """万 from ten thousand, 亿 from a hundred million; no separators."""
    if figure.unit == Unit.PERCENT:
        return qualified(figure, bare(value), "") + "%"
    for size, word in ((HUNDRED_MILLION, "亿"), (MYRIAD, "万")):
        if abs(value) >= size:
            return qualified(figure, bare(value / size), f" {word}") + unit_words(figure.unit, value)
    return qualified(figure, bare(value), " ") + unit_words(figure.unit, value)


def english(figure: QualifiedFigure, value: Decimal) -> str:
    if figure.unit == Unit.PERCENT:
        return qualified(figure, bare(value), "") + "%"
    if abs(value) >= 10 * MILLION:
        number, size = f"{(value / MILLION).normalize():,f}", _("million") + " "
    else:
        number, size = f"{value.normalize():,f}", ""
    return qualified(figure, number, " ") + size + unit_words(figure.unit, value)


def qualified(figure: QualifiedFigure, number: str, gap: str) -> str:
    """The number with + behind it or 近 before it."""
    if figure.qualifier == Qualifier.AT_LEAST:
        return f"{number}+{gap}"
    if figure.qualifier == Qualifier.ABOUT:
        return pgettext("before a number", "nearly %(number)s") % {"number": number} + gap
    return f"{number}{gap}"


def bare(value: Decimal) -> str:
    """Without an exponent and without zeros at the end: 9.63, 120, 81.31."""
    return f"{value.normalize():f}"


def unit_words(unit: str, value: Decimal) -> str:
    """The unit for this many, in the reader's language."""
    n = 1 if value == 1 else 2
    words = {
        Unit.YUAN: _("yuan"),
        Unit.TONNE: ngettext("tonne", "tonnes", n),
        Unit.KILOGRAM: _("kg"),
        Unit.PERSON: ngettext("person", "people", n),
        Unit.HOUSEHOLD: ngettext("household", "households", n),
        Unit.PRODUCT: ngettext("product", "products", n),
        Unit.PARTNER: ngettext("e-commerce partner", "e-commerce partners", n),
        Unit.COUNTY: ngettext("county", "counties", n),
        Unit.VILLAGE: ngettext("village", "villages", n),
        Unit.ORDER: ngettext("order", "orders", n),
    }
    return words[Unit(unit)]
