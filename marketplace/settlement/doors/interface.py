"""What a way to pay sellers out must know: whom it can reach, how to send, and how to ask money back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol


class Fate(Enum):
    """What a door says of a payout it was asked to send."""

    SENT = "sent"
    PENDING = "pending"
    """Not known yet; asking again with the same key does no harm."""
    REFUSED = "refused"
    """It has certainly not left and will not."""


@dataclass(frozen=True)
class Sent:
    """``reference`` is the door's number for the whole, ``parts`` its numbers by item id where it sends parts."""

    fate: Fate
    reference: str = ""
    parts: Mapping[int, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Returned:
    """How many fen came back from the seller's account: from nothing to all that was asked."""

    fen: int
    reference: str = ""


class Door(Protocol):
    """One way out. Methods that talk to the outside are never called inside a transaction and may be called again."""

    code: str
    place: str
    """Where the money lies before it leaves (``kinds.Place`` or a provider's code)."""
    is_by_hand: bool
    """True where staff send the money and note its receipt number."""
    can_recall: bool

    @property
    def label(self) -> str:
        """Its name in the reader's language."""

    def refuses(self, seller) -> str:
        """Why this seller cannot be paid this way, in words; empty if she can. Asks the database only."""

    def send(self, payout) -> Sent:
        """Send ``payout.fen`` in the parts its items say (``item.fen``, nothing for 0); ``payout.key`` makes asking twice harmless."""

    def recall(self, recall) -> Returned:
        """Ask ``recall.fen`` of ``recall.item`` back, as far as her account covers it; ``recall.key`` makes asking twice harmless."""
