"""What a seller charges to deliver 运费: plain values in, plain values out.

A **tariff** is one freight template of one seller: groups of provinces (zones), each with its price.
Everything a buyer takes from one seller under one tariff travels as one parcel group, so weights or pieces
are added up first:

    fee = first_fee + ceil((units - first_unit) / extra_unit) × extra_fee + surcharge

Units are grams of gross weight or pieces. With ¥10.00 for the first kilogram and ¥3.00 for each further one:

    weight      further units    fee
    300 g             0         10.00
    1,000 g           0         10.00
    1,001 g           1         13.00
    2,500 g           2         16.00

- Nothing to carry (no items, or quantity 0) costs nothing. Something of unknown weight (0 g) costs the first
  fee.
- A province belongs to the zone that names it, else to the zone without provinces, the rest of the country.
  Where neither exists, or the zone says so, the goods are not delivered: `NoDelivery`.
- Free delivery 包邮 needs the amount *or* the quantity of the tariff, counted on its own goods after
  discounts; just reaching it is enough. A zone may be left out of it (`free_over_applies=False`: the far
  provinces).
- Free delivery takes away first and further fees. The remote-area surcharge stays, because the seller pays it
  to the carrier in any case, unless the zone says otherwise (`free_covers_surcharge=True`).
- Several tariffs in one basket are several parcel groups: each is priced, and may become free, by itself, and
  the seller's delivery fee is their sum (`quote_seller`). Templates with equal terms are one tariff.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from marketplace.core import areas
from marketplace.core.money import to_fen, to_yuan

NOTHING = Decimal("0.00")


class ChargeBy(StrEnum):
    WEIGHT = "weight"
    PIECE = "piece"


class FreeBy(StrEnum):
    AMOUNT = "amount"
    QUANTITY = "quantity"


@dataclass(frozen=True)
class Zone:
    """A group of provinces, by two-digit code, with one price; without provinces, the rest of the country."""

    provinces: frozenset[str]
    first_unit: int
    first_fee: Decimal
    extra_unit: int
    extra_fee: Decimal
    surcharge: Decimal = NOTHING
    delivers: bool = True
    free_over_applies: bool = True
    free_covers_surcharge: bool = False


@dataclass(frozen=True)
class Tariff:
    """Charged by "weight" (in grams) or "piece"; delivery is free from an amount in yuan or a quantity."""

    charge_by: str
    groups: tuple[Zone, ...]
    free_over_amount: Decimal | None = None
    free_over_quantity: int | None = None

    def zone_for(self, province: str) -> Zone | None:
        named = (zone for zone in self.groups if province in zone.provinces)
        rest = (zone for zone in self.groups if not zone.provinces)
        return next(named, None) or next(rest, None)


@dataclass(frozen=True)
class Item:
    """One basket line: gross grams of one piece, pieces, and what all of them cost after discounts."""

    weight_g: int
    quantity: int
    amount: Decimal

    def __post_init__(self) -> None:
        if self.weight_g < 0 or self.quantity < 0 or self.amount < 0:
            raise ValueError("weight, quantity and amount cannot be negative")


@dataclass(frozen=True)
class Quote:
    """A delivery fee in yuan with what explains it.

    `carriage` is first and further fees before free delivery. `free_by` names the rule that removed them. The
    `missing_…` fields say how far free delivery is where it is on offer and not reached, else they are None.
    """

    fee: Decimal = NOTHING
    carriage: Decimal = NOTHING
    surcharge: Decimal = NOTHING
    extra_units: int = 0
    free_by: FreeBy | None = None
    missing_amount: Decimal | None = None
    missing_quantity: int | None = None


@dataclass(frozen=True)
class SellerQuote:
    """The delivery fee of one seller and the quotes it is the sum of."""

    fee: Decimal
    by_tariff: Mapping[Tariff, Quote]


class NoDelivery(Exception):
    """Goods under these tariffs do not go to this province."""

    def __init__(self, province: str, tariffs: Sequence[Tariff]) -> None:
        super().__init__(f"no delivery to province {province}")
        self.province = province
        self.tariffs = tuple(tariffs)


def quote(tariff: Tariff, items: Iterable[Item], province: str) -> Quote:
    """The fee for these items to a province, given by its two digits or any area code in it.

    Raises `NoDelivery`, and `areas.UnknownArea` for a code that is no place. The tariff is one without
    `problems`.
    """
    province = areas.province_of(province).code[:2]
    zone = tariff.zone_for(province)
    if zone is None or not zone.delivers:
        raise NoDelivery(province, [tariff])
    carried = [item for item in items if item.quantity]
    return _price(tariff, zone, carried) if carried else Quote()


def quote_seller(lines_by_tariff: Mapping[Tariff, Sequence[Item]], province: str) -> SellerQuote:
    """The sum over a seller's tariffs; `NoDelivery` names every tariff that does not go there."""
    quotes: dict[Tariff, Quote] = {}
    refused: list[Tariff] = []
    for tariff, items in lines_by_tariff.items():
        try:
            quotes[tariff] = quote(tariff, items, province)
        except NoDelivery:
            refused.append(tariff)
    if refused:
        raise NoDelivery(province, refused)
    return SellerQuote(sum((each.fee for each in quotes.values()), NOTHING), quotes)


def _price(tariff: Tariff, zone: Zone, items: Sequence[Item]) -> Quote:
    extra_units = _extra_units(zone, _units(tariff, items))
    carriage = to_fen(zone.first_fee) + extra_units * to_fen(zone.extra_fee)
    surcharge = to_fen(zone.surcharge)
    missing = _missing(tariff, items) if zone.free_over_applies else {}
    free_by = next((rule for rule, lacking in missing.items() if lacking <= 0), None)
    if free_by:
        missing = {}
        surcharge = 0 if zone.free_covers_surcharge else surcharge
    return Quote(
        fee=to_yuan(surcharge if free_by else carriage + surcharge),
        carriage=to_yuan(carriage),
        surcharge=to_yuan(surcharge),
        extra_units=extra_units,
        free_by=free_by,
        missing_amount=missing.get(FreeBy.AMOUNT),
        missing_quantity=int(missing[FreeBy.QUANTITY]) if FreeBy.QUANTITY in missing else None,
    )


def _units(tariff: Tariff, items: Sequence[Item]) -> int:
    by_piece = tariff.charge_by == ChargeBy.PIECE
    return sum(item.quantity if by_piece else item.quantity * item.weight_g for item in items)


def _extra_units(zone: Zone, units: int) -> int:
    beyond = max(units - zone.first_unit, 0)
    return -(-beyond // zone.extra_unit)


def _missing(tariff: Tariff, items: Sequence[Item]) -> dict[FreeBy, Decimal]:
    """How much each rule of free delivery still lacks; zero or less means it is reached."""
    lacking: dict[FreeBy, Decimal] = {}
    if tariff.free_over_amount is not None:
        lacking[FreeBy.AMOUNT] = tariff.free_over_amount - sum((item.amount for item in items), NOTHING)
    if tariff.free_over_quantity is not None:
        lacking[FreeBy.QUANTITY] = Decimal(tariff.free_over_quantity - sum(item.quantity for item in items))
    return lacking


class Mistake(StrEnum):
    """What can be wrong with a tariff; a form translates these."""

    CHARGE = "charged neither by weight nor by piece"
    NO_DEFAULT = "no group for the rest of the country"
    TWO_DEFAULTS = "more than one group for the rest of the country"
    OVERLAP = "province in more than one group"
    UNKNOWN_PROVINCE = "no such province"
    UNIT = "units must be above zero"
    FEE = "fees must be whole fen and not negative"
    THRESHOLD = "free delivery needs an amount or quantity above zero"


@dataclass(frozen=True)
class Problem:
    """A mistake, the group it is in (counted from 0) and the provinces it is about, where that applies."""

    mistake: Mistake
    group: int | None = None
    provinces: frozenset[str] = frozenset()

    def __str__(self) -> str:
        where = f" (group {self.group + 1})" if self.group is not None else ""
        names = " ".join(sorted(self.provinces))
        return f"{self.mistake.value}{where}{': ' if names else ''}{names}"


class InvalidTariff(ValueError):
    """A tariff that would price wrongly; `problems` holds every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)


def validate(tariff: Tariff) -> None:
    """Raise `InvalidTariff` with all problems at once."""
    if found := problems(tariff):
        raise InvalidTariff(found)


def problems(tariff: Tariff) -> tuple[Problem, ...]:
    """Everything wrong with a tariff, for a form to show; empty when it can be used."""
    return (*_problems_of_the_whole(tariff), *_problems_of_groups(tariff))


def _problems_of_the_whole(tariff: Tariff) -> Iterator[Problem]:
    if tariff.charge_by not in list(ChargeBy):
        yield Problem(Mistake.CHARGE)
    defaults = sum(not zone.provinces for zone in tariff.groups)
    if defaults != 1:
        yield Problem(Mistake.TWO_DEFAULTS if defaults else Mistake.NO_DEFAULT)
    named = Counter(province for zone in tariff.groups for province in zone.provinces)
    if twice := frozenset(province for province, times in named.items() if times > 1):
        yield Problem(Mistake.OVERLAP, provinces=twice)
    if any(limit is not None and limit <= 0 for limit in (tariff.free_over_amount, tariff.free_over_quantity)):
        yield Problem(Mistake.THRESHOLD)


def _problems_of_groups(tariff: Tariff) -> Iterator[Problem]:
    known = {area.code[:2] for area in areas.children()}
    for number, zone in enumerate(tariff.groups):
        if zone.provinces - known:
            yield Problem(Mistake.UNKNOWN_PROVINCE, number, zone.provinces - known)
        if zone.first_unit <= 0 or zone.extra_unit <= 0:
            yield Problem(Mistake.UNIT, number)
        if not all(map(_is_fee, (zone.first_fee, zone.extra_fee, zone.surcharge))):
            yield Problem(Mistake.FEE, number)


def _is_fee(yuan: Decimal) -> bool:
    try:
        return to_fen(yuan) >= 0
    except (TypeError, ValueError):
        return False
