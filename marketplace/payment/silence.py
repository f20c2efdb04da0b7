"""Who gave no answer is left alone for a while: whoever wants to ask next is told so at once, instead of waiting as long.

In each process for itself. When the while is over, one asks and the others are not kept waiting until there is an answer.
"""

from collections.abc import Callable
from time import monotonic


class Silence:
    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic):
        self.seconds, self.clock = seconds, clock
        self.ends: dict[str, float] = {}

    def keeps(self, whom: str) -> bool:
        """True if nobody should ask now. False also gives the asker some time in which the others do not ask."""
        end = self.ends.get(whom)
        if end is None or self.clock() < end:
            return end is not None
        self.begin(whom)
        return False

    def begin(self, whom: str) -> None:
        self.ends[whom] = self.clock() + self.seconds

    def end(self, whom: str) -> None:
        """There was an answer."""
        self.ends.pop(whom, None)
