"""In how many counties of a place there is a park: each county once, however many parks it has.

A park of the city itself stands in no county and covers none. Where no park was ever recorded nobody knows, and it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from incubator.places import counties_in
from marketplace.accounts import roles
from marketplace.core import areas

from .models import Park


@dataclass(frozen=True)
class County:
    """One county with its parks."""

    area: areas.Area
    parks: list[Park]


@dataclass(frozen=True)
class Coverage:
    """``covered`` of the place's counties; None while nothing is known of the place."""

    place: areas.Area
    counties: list[County]
    central: list[Park]
    covered: int | None

    @property
    def total(self) -> int:
        return len(self.counties)

    @property
    def as_text(self) -> str:
        """8/16 (50%); empty where nobody knows."""
        if self.covered is None or not self.total:
            return ""
        return f"{self.covered}/{self.total} ({self.covered * 100 // self.total}%)"


def coverage(code: str, day: date) -> Coverage:
    """Of one place on a day; two queries."""
    parks = list(Park.objects.filter(roles.within((roles.stem(code),))))
    running = {park.pk for park in Park.objects.filter(pk__in=[park.pk for park in parks]).open_on(day)}
    counties = [
        County(area, [park for park in parks if park.pk in running and park.area.startswith(area.code)])
        for area in counties_in(code)
    ]
    placed = {park.pk for county in counties for park in county.parks}
    central = [park for park in parks if park.pk in running - placed]
    return Coverage(areas.get(code), counties, central, sum(map(has_parks, counties)) if parks else None)


def has_parks(county: County) -> bool:
    return bool(county.parks)


def places_to_show(stems: tuple[str, ...]) -> list[str]:
    """The places whose coverage a person sees: her own; for whoever works everywhere, the cities where parks are recorded."""
    named = [stem for stem in stems if stem]
    if "" not in stems:
        return [areas.get(stem).code for stem in named]
    return sorted({f"{area[:4]}00" for area in Park.objects.values_list("area", flat=True)})
