"""What promotions take off which goods, in fen. Plain values in, plain values out; the rule stands in docs/money.md §2.

Per seller the promotion of hers that saves the buyer most is used; after that the platform's best one looks at what is
left of all goods. Of equal ones an offer goes before a voucher, which is then still there for another day; else the older.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.core.money import split

WHOLE = 10_000
"""Hundredths of a percent in everything."""


@dataclass(frozen=True)
class Goods:
    """One line of a basket: whose, which product, what it costs, and the paths of the categories it stands in."""

    seller: int
    product: int
    fen: int
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """One promotion. Without ``seller`` the platform pays. It gives ``fen``, or ``basis_points`` of the price up to ``most``.

    It begins at ``minimum`` of the goods it is for; ``left`` of its budget is what it can still give.
    """

    key: int
    seller: int | None = None
    has_code: bool = False
    fen: int = 0
    basis_points: int = 0
    most: int | None = None
    minimum: int = 0
    left: int | None = None
    category: str | None = None
    products: frozenset[int] | None = None

    def covers(self, goods: Goods) -> bool:
        """True if it is for these goods."""
        if self.seller is not None and goods.seller != self.seller:
            return False
        if self.products is not None:
            return goods.product in self.products
        return self.category is None or any(path.startswith(self.category) for path in goods.categories)

    def saving(self, price: int) -> int:
        """What it takes off goods that cost ``price`` together: never more than they cost, 0 if it does not begin yet."""
        if price < self.minimum:
            return 0
        off = self.fen or (2 * price * self.basis_points + WHOLE) // (2 * WHOLE)
        off = min(off, price, off if self.most is None else self.most)
        return 0 if self.left is not None and off > self.left else off


@dataclass(frozen=True)
class Cut:
    """What one promotion takes off each line, in the order of the lines."""

    terms: Terms
    by_line: tuple[int, ...]

    @property
    def fen(self) -> int:
        return sum(self.by_line)


def cut(terms: Terms, goods: Sequence[Goods], prices: Sequence[int]) -> Cut:
    """One promotion over lines that cost ``prices`` now, split by the largest remainder."""
    weights = [price if terms.covers(each) else 0 for each, price in zip(goods, prices, strict=True)]
    return Cut(terms, tuple(split(terms.saving(sum(weights)), weights)))


def best(candidates: Iterable[Terms], goods: Sequence[Goods], prices: Sequence[int]) -> Cut | None:
    """The one that saves most; None if none saves anything."""
    cuts = [cut(terms, goods, prices) for terms in candidates]
    saving = [each for each in cuts if each.fen]
    return min(saving, key=lambda each: (-each.fen, each.terms.has_code, each.terms.key), default=None)


def used(goods: Sequence[Goods], promotions: Iterable[Terms]) -> list[Cut]:
    """Which promotions are used and what each takes off: at most one of each seller, then at most one of the platform."""
    promotions = list(promotions)
    prices = [each.fen for each in goods]
    chosen: list[Cut] = []
    for payer in [*sorted({each.seller for each in goods}), None]:
        found = best((terms for terms in promotions if terms.seller == payer), goods, prices)
        if found is not None:
            chosen.append(found)
            prices = [price - off for price, off in zip(prices, found.by_line, strict=True)]
    return chosen
