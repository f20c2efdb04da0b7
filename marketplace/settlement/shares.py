"""Who gets what of an order, in fen. Plain values in, plain values out; the rules stand in docs/money.md §2 and §3."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def half_up(amount: int, times: int, over: int) -> int:
    """``amount × times ÷ over`` rounded half up; none of them below zero."""
    return (2 * amount * times + over) // (2 * over)


def commission(base: int, basis_points: int) -> int:
    """Commission on ``base`` at a rate in hundredths of a percent."""
    return half_up(base, basis_points, 10_000)


@dataclass(frozen=True)
class LineShare:
    """One line of an order: its goods, who took how much off, and the platform's commission."""

    goods: int
    own_discount: int = 0
    platform_discount: int = 0
    commission: int = 0

    @property
    def paid(self) -> int:
        """What the buyer pays for it."""
        return self.goods - self.own_discount - self.platform_discount

    @property
    def share(self) -> int:
        """What the seller gets for it."""
        return self.goods - self.own_discount - self.commission

    def back(self, refunded: int, *, gone: bool = False) -> "Back":
        """What has to be back once ``refunded`` of the price went back to the buyer; all of it if the sale is ``gone``."""
        if gone:
            return Back(refunded, self.commission, self.platform_discount)
        if not self.paid:
            return Back()
        return Back(
            refunded,
            half_up(self.commission, refunded, self.paid),
            half_up(self.platform_discount, refunded, self.paid),
        )


@dataclass(frozen=True)
class Back:
    """What goes back: to the buyer, and from the platform's commission to, and from its discount off, the seller."""

    refunded: int = 0
    commission: int = 0
    discount: int = 0

    @property
    def from_seller(self) -> int:
        """What the seller bears of it."""
        return self.refunded + self.discount - self.commission

    def __add__(self, other: "Back") -> "Back":
        return Back(self.refunded + other.refunded, self.commission + other.commission, self.discount + other.discount)

    def __sub__(self, other: "Back") -> "Back":
        return Back(self.refunded - other.refunded, self.commission - other.commission, self.discount - other.discount)


@dataclass(frozen=True)
class OrderShare:
    """An order by line id, and its freight, which is the seller's."""

    lines: Mapping[int, LineShare] = field(default_factory=dict)
    freight: int = 0

    def total(self, what: str) -> int:
        """The sum of one figure over the lines."""
        return sum(getattr(line, what) for line in self.lines.values())

    @property
    def paid(self) -> int:
        return self.total("paid") + self.freight

    @property
    def share(self) -> int:
        return self.total("share") + self.freight
