"""States as a table: which move leads from where to where, and one error for every illegal move."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


class IllegalMove(Exception):
    """Someone asked for a move that the present state does not allow. ``for_people`` says so in the reader's language."""

    def __init__(self, move: str, state: str):
        super().__init__(f"cannot {move} from {state}")
        self.move, self.state = move, state

    @property
    def for_people(self) -> str:
        return _("This can no longer be done: the order has moved on. Please look at it again.")


@dataclass(frozen=True)
class Workflow:
    """``moves`` maps a move's name to (states it may start from, state it ends in)."""

    moves: Mapping[str, tuple[frozenset[str], str]]

    def target(self, move: str, state: str) -> str:
        """The state ``move`` leads to from ``state``; raises IllegalMove if it may not start there."""
        sources, target = self.moves[move]
        if state not in sources:
            raise IllegalMove(move, state)
        return target

    def allows(self, move: str, state: str) -> bool:
        """True if ``move`` may start from ``state``."""
        return state in self.moves[move][0]
