"""Which commission rate a line bears: the most specific one wins."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import CommissionRate, Scope

STEP = 4
"""Characters per level in the path of a category."""


@dataclass(frozen=True)
class Sold:
    """What a rate is looked up for: ids, and the paths of the categories a product stands in."""

    product: int
    seller: int
    categories: tuple[str, ...] = ()


def rate_for(sold: Sold, rates: Iterable[CommissionRate]) -> CommissionRate | None:
    """The product's rate, else the seller's, else the nearest category's, else the platform's; None if there is none.

    ``rates`` come newest first. A rate without percent says that its target has none of its own any more.
    """
    newest = newest_by_target(rates)
    for target in targets(sold):
        rate = newest.get(target)
        if rate is not None and rate.percent is not None:
            return rate
    return None


def newest_by_target(rates: Iterable[CommissionRate]) -> dict[tuple, CommissionRate]:
    """The rate in force for each target."""
    newest: dict[tuple, CommissionRate] = {}
    for rate in rates:
        newest.setdefault(rate.target, rate)
    return newest


def targets(sold: Sold) -> list[tuple]:
    """What a rate may hang on, the most specific first."""
    above = {path[:length] for path in sold.categories for length in range(STEP, len(path) + 1, STEP)}
    nearest_first = sorted(above, key=lambda path: (-len(path), path))
    return [
        (Scope.PRODUCT, sold.product),
        (Scope.SELLER, sold.seller),
        *((Scope.CATEGORY, path) for path in nearest_first),
        (Scope.PLATFORM, None),
    ]
