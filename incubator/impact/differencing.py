"""What two snapshots beside each other would give away, and how that is kept in.

Whoever holds a released snapshot and a later one can take one from the other: what is left are the orders that are in only one of
them, and that may be three. So before a new one is shown it is held against every released one that shares records with it
(the same place or a place within the other, days that overlap), and the orders that differ are counted as a table of their own:

    a cell where 1 to 9 orders differ, and whatever would give it away, is hidden in the new one as well
    a cell hidden before stays hidden until 10 orders differ
    a cell known from before protects no other one by being hidden
    a county in which 1 to 9 orders differ from the cell its city shows has no snapshot; the city after the county hides the cell
    where fewer than 10 orders differ in all, or nothing is left to protect a cell with, there is no new snapshot

Households are counted on a day, not over days: their number is held against every released one of a touching place.

Three or more snapshots taken together are not searched for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Value
from django.db.models.functions import Cast, Concat

from incubator.sales.models import SaleFactQuerySet
from marketplace.accounts import roles

from .models import Snapshot
from .suppression import LEAST, hidden, is_protected

TABLES = {"channels": "account__channel", "evidence": "evidence", "counties": "place"}
"""Tables of a snapshot, and the column of a sale fact that each is by."""


class GivesAway(Exception):
    """Beside ``snapshot`` the new one would show a small count."""

    def __init__(self, snapshot: Snapshot):
        super().__init__(str(snapshot))
        self.snapshot = snapshot


@dataclass
class Beside:
    """What released ones ask of a new one, by table: cells that stay ``secret``, cells where too few orders have ``parted`` the
    two, and cells ``known`` from them."""

    secret: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    parted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    known: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    last: Snapshot | None = None

    def hidden(self, table: str, counts: dict[str, int]) -> set[str]:
        """The cells of one table that are not shown. Raises GivesAway where hiding cannot help."""
        secret, parted, known = self.secret[table], self.parted[table], self.known[table]
        found = hidden(counts, secret=secret, also=parted, known=known)
        needed = any(counts[name] < LEAST or name in secret for name in found)
        if self.last is not None and known & counts.keys() and needed and not is_protected(found - known, counts):
            raise GivesAway(self.last)
        return found


def related(area: str, since: date, until: date) -> list[Snapshot]:
    """Released snapshots that share records with one of this place and these days."""
    stem = roles.stem(area)
    overlapping = Snapshot.objects.released().filter(since__lte=until, until__gte=since)
    return [each for each in overlapping if touch(stem, roles.stem(each.area))]


def touch(one: str, other: str) -> bool:
    """True for a place and itself, or a place within it."""
    return one.startswith(other) or other.startswith(one)


def shown_households(area: str, count: int | None) -> int | None:
    """A number of households, unless a released one of a touching place is too near, of whatever days that one is."""
    stem, released = roles.stem(area), Snapshot.objects.released().values_list("area", "figures__households")
    others = [n for place, n in released if n and touch(stem, roles.stem(place))]
    return None if count is not None and any(0 < abs(count - n) < LEAST for n in others) else count


def beside(area: str, facts: SaleFactQuerySet, released: list[tuple[Snapshot, SaleFactQuerySet]]) -> Beside:
    """Hold the facts of a new snapshot against released ones. Raises GivesAway."""
    found = Beside()
    for snapshot, theirs in released:
        found.last = snapshot
        differ = {table: differing(facts, theirs, column) for table, column in TABLES.items()}
        if 0 < sum(differing(facts, theirs, None).values()) < LEAST and snapshot.figures["orders"] is not None:
            raise GivesAway(snapshot)
        if snapshot.area == area:
            same_place(found, snapshot, differ)
        else:
            other_place(found, area, snapshot, differ)
    return found


def same_place(found: Beside, snapshot: Snapshot, differ: dict[str, dict[str, int]]) -> None:
    """Cell against cell."""
    for table in TABLES:
        before = cells_of(snapshot, table)
        visible = {key for key, orders in before.items() if orders is not None}
        near = {key for key in before if differ[table].get(key, 0) < LEAST}
        found.parted[table] |= hidden(differ[table])
        found.secret[table] |= near - visible
        found.known[table] |= near & visible


def other_place(found: Beside, area: str, snapshot: Snapshot, differ: dict[str, dict[str, int]]) -> None:
    """A county against its city: what is left is the rest of the city; and the county is one cell of the city's."""
    for table in ("channels", "evidence"):
        found.parted[table] |= hidden(differ[table])
    is_smaller = roles.stem(snapshot.area).startswith(roles.stem(area))
    county = snapshot.area if is_smaller else area
    parted = differ["counties"].get(county, 0)
    if parted >= LEAST:
        return
    if not is_smaller:
        if parted or cells_of(snapshot, "counties").get(county, 0) is None:
            raise GivesAway(snapshot)
        return
    is_hidden = snapshot.figures["orders"] is None
    if parted or is_hidden:
        found.secret["counties"].add(county)
    if not is_hidden:
        found.known["counties"].add(county)


def cells_of(snapshot: Snapshot, table: str) -> dict[str, Any]:
    """Orders by key; None where hidden."""
    return {str(row["key"]): row["orders"] for row in snapshot.figures[table]}


def differing(one: SaleFactQuerySet, other: SaleFactQuerySet, column: str | None) -> dict[str, int]:
    """How many orders are in only one of the two, by a column: at least so many (an order changed on both sides counts once)."""
    found: dict[str, int] = {}
    for here, there in ((one, other), (other, one)):
        order = Concat(Cast("account_id", CharField()), Value(":"), "order_number", output_field=CharField())
        rows = here.exclude(pk__in=there.order_by().values("pk")).order_by()
        counted = rows.annotate(by=Cast(column, CharField()) if column else Value("", output_field=CharField()))
        for key, orders in counted.values("by").annotate(n=Count(order, distinct=True)).values_list("by", "n"):
            found[key] = max(found.get(key, 0), orders)
    return found
