"""Postings before they are written: plain values that know whether they balance."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from .kinds import OF_SELLERS, AccountKind, Label, PostingKind


class Unbalanced(ValueError):
    """A posting whose entries do not add up to zero, or that has fewer than two."""


@dataclass(frozen=True, order=True)
class Holder:
    """Names an account: its kind and, where the kind asks for it, whose (seller id) or which place."""

    kind: AccountKind
    seller: int | None = None
    place: str = ""

    def __post_init__(self):
        if (self.kind in OF_SELLERS) != (self.seller is not None):
            raise ValueError(f"{self.kind} of seller {self.seller}")
        if (self.kind == AccountKind.CLEARING) != bool(self.place):
            raise ValueError(f"{self.kind} at {self.place!r}")


@dataclass(frozen=True)
class Leg:
    """``fen`` more for an account (below zero: less); ``order`` is the id of the order it is about."""

    holder: Holder
    fen: int
    label: Label
    order: int | None = None


@dataclass(frozen=True)
class Plan:
    """One posting to be. Legs of nothing are left out; what is left adds up to zero or is refused."""

    cause: str
    kind: PostingKind
    at: datetime
    legs: tuple[Leg, ...] = field(default=())
    reverses: int | None = None

    def __post_init__(self):
        legs = tuple(leg for leg in self.legs if leg.fen)
        if legs and (sum(leg.fen for leg in legs) or len(legs) < 2):
            raise Unbalanced(f"{self.cause}: {[(leg.holder.kind.value, leg.fen) for leg in legs]}")
        object.__setattr__(self, "legs", legs)


def of(kind: AccountKind, seller: int | None = None, place: str = "") -> Holder:
    """Short for Holder."""
    return Holder(kind, seller, place)


def clearing(place: str) -> Holder:
    """The account of a place where money lies."""
    return Holder(AccountKind.CLEARING, place=str(place))


def changes(plans: Iterable[Plan]) -> dict[Holder, int]:
    """By how many fen each account changes, in all."""
    totals: dict[Holder, int] = {}
    for plan in plans:
        for leg in plan.legs:
            totals[leg.holder] = totals.get(leg.holder, 0) + leg.fen
    return totals
