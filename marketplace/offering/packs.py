"""Several packs of one good at once: 2.5, 5 and 10 kg of the same rice, each with its price and stock, or of one pile."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.partner.models import StockPool, SupplyGrant

from .fields import TypedDecimal, TypedInteger

MORE = (2, 3, 4)
"""Numbers of the packs beside the first."""
MORE_FIELDS = tuple(f"{name}_{number}" for number in MORE for name in ("weight", "price", "stock"))
OWN = ""


@dataclass(frozen=True)
class PackSaid:
    """One pack as it was typed; ``spec`` only where buyers should read something else than weight and container."""

    grams: int
    price: Decimal
    stock: int
    spec: str = ""


def fields_of(number: int) -> dict[str, forms.Field]:
    """The fields of one more pack, all of them optional as long as none is filled in."""
    return {
        f"weight_{number}": TypedDecimal(
            label=format_lazy("{} {}", _("Net content"), number),
            required=False,
            min_value=Decimal("0.001"),
            max_digits=9,
            decimal_places=3,
            error_messages={"invalid": _("Please write the weight as a number, such as 2.5.")},
        ),
        f"price_{number}": TypedDecimal(
            label=format_lazy("{} {}", _("Price"), number),
            required=False,
            min_value=Decimal("0.01"),
            max_digits=8,
            decimal_places=2,
            error_messages={
                "invalid": _("Please write the price as a number, such as 59.90."),
                "min_value": _("The price is at least ¥0.01."),
            },
        ),
        f"stock_{number}": TypedInteger(
            label=format_lazy("{} {}", _("Stock"), number),
            required=False,
            min_value=0,
            max_value=999_999,
            error_messages={"invalid": _("Please write a whole number of packs.")},
        ),
    }


FIELDS = {name: field for number in MORE for name, field in fields_of(number).items()}


class MorePacks(type("MoreFields", (forms.Form,), FIELDS)):  # type: ignore[misc]
    """A form with the fields of three more packs, to be part of the listing form."""

    def more(self):
        """The fields of each further pack as a row; none where packs are not asked for."""
        there = [number for number in MORE if f"weight_{number}" in self.fields]
        return [tuple(self[f"{name}_{number}"] for name in ("weight", "price", "stock")) for number in there]

    def has_more(self) -> bool:
        """True if anything of a further pack was typed."""
        return any(field.value() not in {None, ""} or field.errors for row in self.more() for field in row)


class SourceChoice(forms.ChoiceField):
    """Where the packs of a good come from: each has a stock of its own, or all are filled from one pile of loose goods."""

    widget = forms.Select

    def __init__(self, **options):
        super().__init__(label=_("How stock is counted"), required=False, **options)

    def offer(self, seller) -> None:
        """Only the seller's own piles, and those she was granted, can be chosen."""
        self.choices = source_choices(seller)


def source_choices(seller) -> list[tuple[str, Any]]:
    """Own stock first, then piles of loose goods, then goods of suppliers."""
    pools = [(f"pool:{pool.pk}", from_pool(pool)) for pool in StockPool.objects.of(seller)]
    grants = SupplyGrant.objects.for_seller(seller).active(timezone.localdate()).with_names()
    return [(OWN, _("Count each pack"))] + pools + [(f"grant:{grant.pk}", from_grant(grant)) for grant in grants]


def from_pool(pool: StockPool) -> str:
    return gettext("Fill from %(name)s, %(kg)s kg") % {"name": pool.name, "kg": f"{pool.kg_free:g}"}


def from_grant(grant: SupplyGrant) -> str:
    said = {"owner": grant.pool.owner_name, "name": grant.pool.name, "floor": grant.floor_per_kg}
    return gettext("%(owner)s: %(name)s, at least ¥%(floor)s/kg") % said


def source_of(chosen: str, seller) -> tuple[StockPool | None, SupplyGrant | None]:
    """The pool and grant that a choice names; nothing where they are not this seller's (any more)."""
    kind, _colon, key = chosen.partition(":")
    if kind == "pool":
        return StockPool.objects.of(seller).filter(pk=key).first(), None
    if kind == "grant":
        grants = SupplyGrant.objects.for_seller(seller).active(timezone.localdate()).select_related("pool")
        grant = grants.filter(pk=key).first()
        return (grant.pool, grant) if grant else (None, None)
    return None, None


def typed(cleaned: dict[str, Any]) -> Iterator[int]:
    """The numbers of the further packs of which anything was typed."""
    for number in MORE:
        if any(cleaned.get(f"{name}_{number}") not in {None, ""} for name in ("weight", "price", "stock")):
            yield number


def packs_said(cleaned: dict[str, Any], unit_g: int) -> list[PackSaid]:
    """All packs of a valid form, the lightest first."""
    first = PackSaid(grams_in(cleaned["weight"], unit_g), cleaned["price"], cleaned["stock"] or 0, cleaned["spec"])
    more = [
        PackSaid(grams_in(cleaned[f"weight_{n}"], unit_g), cleaned[f"price_{n}"], cleaned[f"stock_{n}"] or 0)
        for n in typed(cleaned)
    ]
    return sorted([first, *more], key=lambda pack: pack.grams)


def grams_in(weight: Decimal, unit_g: int) -> int:
    """The typed weight in whole grams."""
    return int((weight * unit_g).to_integral_value())
