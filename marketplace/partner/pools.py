"""How pools of loose goods move: one conditional UPDATE for each pool, pools in key order, after the packs' own rows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from django.db.models import F

from .models import StockRecord
from .supply import StockPool


class Packs(Protocol):
    """So many of a stock record."""

    @property
    def stock_id(self) -> int: ...

    @property
    def quantity(self) -> int: ...


@dataclass(frozen=True)
class Draw:
    """Grams of one pool, for all the packs of one move; ``stock_id`` is the first of them."""

    pool_id: int
    grams: int
    stock_id: int

    @property
    def pool(self):
        return StockPool.objects.filter(pk=self.pool_id)

    @property
    def enough_free(self):
        return self.pool.filter(grams__gte=F("grams_allocated") + self.grams)

    @property
    def enough_promised(self):
        return self.pool.filter(grams_allocated__gte=self.grams)


def draws(packs: Iterable[Packs]) -> list[Draw]:
    """What these packs take of pools, in key order. Their rows are locked by now, so their pools stay what they are."""
    wanted = list(packs)
    filled = StockRecord.objects.filter(pk__in=[each.stock_id for each in wanted], pool__isnull=False)
    by_record = {pk: (pool, grams) for pk, pool, grams in filled.values_list("pk", "pool_id", "pool_grams")}
    found: dict[int, Draw] = {}
    for each in wanted:
        if each.stock_id in by_record:
            pool, grams = by_record[each.stock_id]
            draw = found.setdefault(pool, Draw(pool, 0, each.stock_id))
            found[pool] = replace(draw, grams=draw.grams + grams * each.quantity)
    return [found[pool] for pool in sorted(found)]


def promise(draw: Draw) -> bool:
    """The pool's guard: free grams are tested by the statement that takes them."""
    return draw.enough_free.update(grams_allocated=F("grams_allocated") + draw.grams) == 1


def release(draw: Draw) -> None:
    """Promised grams are free again."""
    draw.enough_promised.update(grams_allocated=F("grams_allocated") - draw.grams)


def hand_over(draw: Draw) -> None:
    """Promised grams leave the house."""
    draw.enough_promised.update(grams_allocated=F("grams_allocated") - draw.grams, grams=F("grams") - draw.grams)


def take_back(draw: Draw) -> None:
    """They never left, and are promised as before."""
    draw.pool.update(grams_allocated=F("grams_allocated") + draw.grams, grams=F("grams") + draw.grams)


def put_back(draw: Draw) -> None:
    """A buyer sent them back."""
    draw.pool.update(grams=F("grams") + draw.grams)


def take_out(draw: Draw) -> bool:
    """Free grams leave the house; False if there are too few."""
    return draw.enough_free.update(grams=F("grams") - draw.grams) == 1
