"""What a way to pay must know: start, status, cancel and refund."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from typing import Protocol


class Outcome(Enum):
    """What a provider says of an attempt."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True)
class Report:
    """How an attempt stands: ``reference`` is the provider's number for the money, ``amount`` what arrived in yuan (None: what
    was asked for), ``fee`` what the provider kept of it.
    """

    outcome: Outcome
    reference: str = ""
    amount: Decimal | None = None
    fee: Decimal | None = None


class Unavailable(Exception):
    """The provider gives no answer now. Nothing is lost: ask again later."""


@dataclass(frozen=True)
class Next:
    """Where the buyer goes to pay; a page of ours or of the provider."""

    url: str


@dataclass(frozen=True)
class RefundResult:
    """``done``: the money has gone back. ``is_under_way``: the provider is sending it, ask again later. Otherwise an operator
    has to send it and note the receipt number. ``has_failed``: the provider tried, and is certain that it did not arrive.
    """

    done: bool
    reference: str = ""
    is_under_way: bool = False
    has_failed: bool = False


class Provider(Protocol):
    """One way to pay. Methods that talk to the outside are never called inside a transaction and may be called again; they
    raise Unavailable where the outside gives no answer.
    """

    code: str
    time_to_pay: timedelta | None
    """How long goods are kept for an unpaid purchase; None where it is paid on delivery and confirmed at once."""

    @property
    def label(self) -> str:
        """Its name in the reader's language."""

    @property
    def explanation(self) -> str:
        """One sentence on what will happen."""

    def refuses(self, total: Decimal, province: str | None) -> str:
        """Why a purchase of ``total`` yuan to this province cannot be paid this way, in words; empty if it can."""

    def start(self, attempt) -> Next:
        """Begin to pay; asking again for the same attempt begins nothing new."""

    def status(self, attempt) -> Report:
        """How it stands, as the provider knows it."""

    def cancel(self, attempt) -> None:
        """Nobody will pay this any more."""

    def refund(self, refund) -> RefundResult:
        """Give ``refund.amount`` back; ``refund.key`` makes asking twice harmless."""
