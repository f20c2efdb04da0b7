"""Facts as postings (docs/money.md §3). Pure: amounts in fen come in, a balanced plan comes out."""

from datetime import datetime

from .kinds import AccountKind, Label, Place, PostingKind
from .plans import Holder, Leg, Plan, clearing, of
from .shares import Back, OrderShare


def sale(*, order: int, seller: int, share: OrderShare, place: str, at: datetime) -> Plan:
    """The buyer's money for one order has arrived at ``place``: it is held for the seller, less commission."""
    held = of(AccountKind.HELD, seller)
    return Plan(
        f"paid:order:{order}",
        PostingKind.PAID,
        at,
        (
            Leg(clearing(place), -share.paid, Label.MONEY, order),
            Leg(of(AccountKind.PROMOTION), -share.total("platform_discount"), Label.PROMOTION, order),
            Leg(held, share.total("goods"), Label.GOODS, order),
            Leg(held, -share.total("own_discount"), Label.OWN_PROMOTION, order),
            Leg(held, share.freight, Label.FREIGHT, order),
            Leg(held, -share.total("commission"), Label.COMMISSION, order),
            Leg(of(AccountKind.COMMISSION), share.total("commission"), Label.COMMISSION, order),
        ),
    )


def unexplained(*, purchase: int, fen: int, place: str, at: datetime) -> Plan:
    """More (or less) arrived than the orders say. It must not happen; if it does, it is kept where everybody sees it."""
    return Plan(
        f"paid:purchase:{purchase}",
        PostingKind.PAID,
        at,
        (Leg(clearing(place), -fen, Label.MONEY), Leg(of(AccountKind.ROUNDING), fen, Label.DIFFERENCE)),
    )


def surplus(*, attempt: int, fen: int, place: str, at: datetime) -> Plan:
    """Money arrived that nobody owed: it is the buyer's."""
    return Plan(
        f"surplus:{attempt}",
        PostingKind.SURPLUS,
        at,
        (Leg(clearing(place), -fen, Label.MONEY), Leg(of(AccountKind.BUYERS), fen, Label.MONEY)),
    )


def refund(*, cause: str, order: int, source: Holder, back: Back, at: datetime) -> Plan:
    """Money goes back to a buyer: from the seller's account ``source``, with commission and platform discount pro rata."""
    return Plan(
        cause,
        PostingKind.REFUND,
        at,
        (
            Leg(source, -back.refunded - back.discount, Label.REFUND, order),
            Leg(source, back.commission, Label.COMMISSION_BACK, order),
            Leg(of(AccountKind.COMMISSION), -back.commission, Label.COMMISSION_BACK, order),
            Leg(of(AccountKind.PROMOTION), back.discount, Label.PROMOTION, order),
            Leg(of(AccountKind.BUYERS), back.refunded, Label.REFUND, order),
        ),
    )


def refund_sent(cause: str, *, fen: int, place: str, order: int | None, at: datetime) -> Plan:
    """The money of a refund has left ``place``."""
    return Plan(
        cause,
        PostingKind.REFUND_SENT,
        at,
        (Leg(of(AccountKind.BUYERS), -fen, Label.MONEY, order), Leg(clearing(place), fen, Label.MONEY, order)),
    )


def fee(*, cause: str, fen: int, place: str, at: datetime) -> Plan:
    """A provider kept so much of what lies with it."""
    return Plan(
        f"fee:{cause}",
        PostingKind.FEE,
        at,
        (Leg(of(AccountKind.FEES), -fen, Label.FEE), Leg(clearing(place), fen, Label.FEE)),
    )


def handed_over(*, remittance: int, collected: int, received: int, at: datetime) -> Plan:
    """A courier hands cash over: what she collected leaves her, what came lies at the bank, the rest is a difference."""
    return Plan(
        f"handed-over:{remittance}",
        PostingKind.HANDED_OVER,
        at,
        (
            Leg(clearing(Place.COURIER), collected, Label.MONEY),
            Leg(clearing(Place.BANK), -received, Label.MONEY),
            Leg(of(AccountKind.DIFFERENCES), received - collected, Label.DIFFERENCE),
        ),
    )


def release(*, order: int, seller: int, fen: int, at: datetime) -> Plan:
    """The seller may withdraw what an order brought."""
    return Plan(
        f"release:order:{order}",
        PostingKind.RELEASE,
        at,
        (
            Leg(of(AccountKind.HELD, seller), -fen, Label.RELEASE, order),
            Leg(of(AccountKind.AVAILABLE, seller), fen, Label.RELEASE, order),
        ),
    )


def payout(*, payout: int, seller: int, total: int, netted: int, at: datetime) -> Plan:
    """``total`` leaves the available balance for a payout; ``netted`` of it pays the seller's debt."""
    available = of(AccountKind.AVAILABLE, seller)
    return Plan(
        f"payout:{payout}",
        PostingKind.PAYOUT,
        at,
        (
            Leg(available, -(total - netted), Label.PAYOUT),
            Leg(available, -netted, Label.NETTED),
            Leg(of(AccountKind.DEBT, seller), netted, Label.NETTED),
            Leg(of(AccountKind.LEAVING, seller), total - netted, Label.PAYOUT),
        ),
    )


def payout_sent(*, payout: int, seller: int, fen: int, place: str, at: datetime) -> Plan:
    """A payout has left."""
    return Plan(
        f"payout-sent:{payout}",
        PostingKind.PAYOUT_SENT,
        at,
        (Leg(of(AccountKind.LEAVING, seller), -fen, Label.PAYOUT), Leg(clearing(place), fen, Label.MONEY)),
    )


def recalled(*, recall: int, seller: int, fen: int, place: str, order: int | None, at: datetime) -> Plan:
    """Money came back from the seller's account with a provider and pays her debt."""
    return Plan(
        f"recall:{recall}",
        PostingKind.RECALLED,
        at,
        (
            Leg(clearing(place), -fen, Label.RECALL, order),
            Leg(of(AccountKind.DEBT, seller), fen, Label.RECALL, order),
        ),
    )


def adjustment(*, adjustment: int, seller: int, fen: int, at: datetime) -> Plan:
    """Two persons gave a seller something (available to her), or took something (a debt)."""
    kind = AccountKind.AVAILABLE if fen > 0 else AccountKind.DEBT
    return Plan(
        f"adjustment:{adjustment}",
        PostingKind.ADJUSTMENT,
        at,
        (Leg(of(AccountKind.ADJUSTMENTS), -fen, Label.ADJUSTMENT), Leg(of(kind, seller), fen, Label.ADJUSTMENT)),
    )
