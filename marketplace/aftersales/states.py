"""What can happen to an after-sale case, in one table: who may do it, from which states, and where it leads.

Time moves a case too (``OVERDUE``): nobody waits for ever for somebody who says nothing.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.states import Workflow


class Side(models.TextChoices):
    """Who speaks or acts in a case."""

    BUYER = "buyer", _("Buyer")
    SELLER = "seller", _("Seller")
    STAFF = "staff", _("Platform staff")
    CLOCK = "clock", _("Time")


class CaseState(models.TextChoices):
    """Where a case stands."""

    ASKED = "asked", _("Waiting for the shop")
    OFFERED = "offered", _("The shop has made an offer")
    AWAITING_RETURN = "awaiting_return", _("Goods to be sent back")
    RETURNING = "returning", _("Goods on their way back")
    AWAITING_RESEND = "awaiting_resend", _("To be sent again")
    RESENT = "resent", _("Sent again")
    REFUSED = "refused", _("Refused by the shop")
    ESCALATED = "escalated", _("Platform staff are deciding")
    REFUNDED = "refunded", _("Refund agreed")
    SETTLED = "settled", _("Settled")
    REJECTED = "rejected", _("Rejected by platform staff")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Closed: time is over")


State = CaseState
CLOSED = frozenset({State.REFUNDED, State.SETTLED, State.REJECTED, State.WITHDRAWN, State.LAPSED})
OPEN = frozenset(State) - CLOSED
UNDECIDED = frozenset({State.ASKED, State.OFFERED, State.REFUSED})
"""The two sides are still talking."""

CASE_MOVES = Workflow(
    {
        # the shop
        "agree_refund": (UNDECIDED, State.REFUNDED),
        "agree_return": (UNDECIDED, State.AWAITING_RETURN),
        "agree_resend": (UNDECIDED, State.AWAITING_RESEND),
        "offer": (UNDECIDED, State.OFFERED),
        "refuse": (frozenset({State.ASKED, State.OFFERED}), State.REFUSED),
        "take_back": (frozenset({State.AWAITING_RETURN, State.RETURNING}), State.REFUNDED),
        "refuse_return": (frozenset({State.RETURNING}), State.REFUSED),
        "resend": (frozenset({State.AWAITING_RESEND}), State.RESENT),
        # the buyer
        "accept": (frozenset({State.OFFERED}), State.REFUNDED),
        "send_back": (frozenset({State.AWAITING_RETURN}), State.RETURNING),
        "confirm_resend": (frozenset({State.RESENT}), State.SETTLED),
        "withdraw": (OPEN - {State.RETURNING, State.RESENT}, State.WITHDRAWN),
        "escalate": (OPEN - {State.ESCALATED, State.ASKED, State.AWAITING_RETURN}, State.ESCALATED),
        # platform staff
        "decide_refund": (frozenset({State.ESCALATED}), State.REFUNDED),
        "decide_return": (frozenset({State.ESCALATED}), State.AWAITING_RETURN),
        "decide_rejection": (frozenset({State.ESCALATED}), State.REJECTED),
        # nobody said anything in time
        "go_to_staff": (
            frozenset({State.ASKED, State.OFFERED, State.RETURNING, State.AWAITING_RESEND}),
            State.ESCALATED,
        ),
        "lapse": (frozenset({State.REFUSED, State.AWAITING_RETURN}), State.LAPSED),
        "settle": (frozenset({State.RESENT}), State.SETTLED),
    }
)


@dataclass(frozen=True)
class Turn:
    """Whose turn it is in a state, how long she has, and the move that time makes after that (None: time moves nothing)."""

    side: Side
    within: timedelta
    then: str | None


TURNS = {
    State.ASKED: Turn(Side.SELLER, timedelta(hours=48), "go_to_staff"),
    State.OFFERED: Turn(Side.BUYER, timedelta(days=5), "accept"),
    State.AWAITING_RETURN: Turn(Side.BUYER, timedelta(days=7), "lapse"),
    State.RETURNING: Turn(Side.SELLER, timedelta(days=10), "go_to_staff"),
    State.AWAITING_RESEND: Turn(Side.SELLER, timedelta(hours=72), "go_to_staff"),
    State.RESENT: Turn(Side.BUYER, timedelta(days=10), "settle"),
    State.REFUSED: Turn(Side.BUYER, timedelta(days=7), "lapse"),
    State.ESCALATED: Turn(Side.STAFF, timedelta(hours=72), None),
}
"""A silent shop does not make a refund: only the shop itself or staff decide on money. What the shop has offered is not
in dispute, so an unanswered offer is paid."""


class Kind(models.TextChoices):
    """What the buyer asks for."""

    REFUND = "refund", _("Refund only")
    RETURN = "return", _("Return and refund")
    RESEND = "resend", _("Re-send")
    COMPENSATION = "compensation", _("Damaged-on-arrival compensation")


class Reason(models.TextChoices):
    """Why she asks."""

    DAMAGED = "damaged", _("Spoilt or damaged")
    SHORT = "short", _("Short weight or missing pieces")
    DIFFERENT = "different", _("Not as described")
    WRONG = "wrong", _("Wrong goods sent")
    NOT_ARRIVED = "not_arrived", _("Not arrived")
    LATE = "late", _("Not sent in time")
    CHANGED_MIND = "changed_mind", _("7-day no-reason return")
    OTHER = "other", _("Another reason")
