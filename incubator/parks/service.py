"""When a founder is served: every line she asked on has been answered. Plain values in, plain values out.

asked for            answered            served
policy, market       policy              no: 1/2
policy, market       policy, market      yes: 2/2
nothing              –                   nobody knows (未知): she has asked for nothing
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .states import LineState


@dataclass(frozen=True)
class Standing:
    """How many lines were asked for, and how many of those are answered."""

    asked: int
    answered: int

    @property
    def is_served(self) -> bool | None:
        """None where nothing was asked for."""
        return self.asked == self.answered if self.asked else None


def standing(states: Iterable[str]) -> Standing:
    """Of the states of a founder's lines."""
    known = list(states)
    answered = known.count(LineState.ANSWERED)
    return Standing(answered + known.count(LineState.ASKED), answered)
