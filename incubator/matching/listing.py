"""The pairs of a run as staff look through them: narrowed down, page by page, each with its answer in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np

from .engine import explain
from .engine.market import Partner, Product
from .engine.match import Picture
from .sentences import ANSWER_NAMES, why
from .words import in_words

CHOSEN, PINNED, LEFT, IMPOSSIBLE, BANNED, ALL = "chosen", "pinned", "left", "impossible", "banned", "all"
VIEWS = {
    CHOSEN: (explain.CHOSEN, explain.PINNED),
    PINNED: (explain.PINNED,),
    LEFT: (explain.PRODUCT_FULL, explain.PARTNER_FULL, explain.BOTH_FULL, explain.NO_GAIN),
    IMPOSSIBLE: (explain.IMPOSSIBLE,),
    BANNED: (explain.BANNED,),
    ALL: explain.ANSWERS,
}
TAGS = {explain.CHOSEN: "go", explain.PINNED: "pin", explain.IMPOSSIBLE: "stop", explain.BANNED: "stop"}


@dataclass(frozen=True)
class Pair:
    """One pair with its answer. Numbers are for staff; ``words`` may be read by both sides."""

    product: Product
    partner: Partner
    answer: str
    words: str
    reasons: tuple[str, ...]
    score: float | None
    place: int

    @property
    def answer_name(self) -> str:
        return str(ANSWER_NAMES[self.answer])

    @property
    def tag(self) -> str:
        return TAGS.get(self.answer, "")

    @property
    def percent(self) -> int:
        """The score out of a hundred, for a bar."""
        return round(100 * (self.score or 0))


class Pairs(Sequence[Pair]):
    """All pairs of a run that fit what was asked for, in the order of codes; sliced like a list."""

    def __init__(self, picture: Picture, wanted: dict[str, Any]):
        self.picture, self.wanted = picture, wanted
        self.answers = explain.answers(picture)
        self.at = np.argwhere(self.fitting())

    def fitting(self) -> np.ndarray:
        """A table that is True at the pairs asked for."""
        numbers = [explain.ANSWERS.index(name) for name in VIEWS[self.wanted.get("view") or CHOSEN]]
        found = np.isin(self.answers, numbers)
        request, words = self.picture.request, (self.wanted.get("q") or "").strip().lower()
        if words:
            products = np.array([words in f"{p.id} {p.name} {p.cooperative}".lower() for p in request.products])
            partners = np.array([words in f"{q.id} {q.name}".lower() for q in request.partners])
            found &= products[:, None] | partners[None, :]
        if self.wanted.get("county"):
            found &= np.array([p.county == self.wanted["county"] for p in request.products])[:, None]
        if self.wanted.get("weak"):
            found &= self.picture.market.products.weak[:, None]
        return found

    def __len__(self) -> int:
        return len(self.at)

    @overload
    def __getitem__(self, index: int) -> Pair: ...

    @overload
    def __getitem__(self, index: slice) -> list[Pair]: ...

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self.pair(int(i), int(j)) for i, j in self.at[index]]
        return self.pair(*(int(row) for row in self.at[index]))

    def __iter__(self) -> Iterator[Pair]:
        return (self.pair(int(i), int(j)) for i, j in self.at)

    @cached_property
    def places(self) -> np.ndarray:
        return explain.ranks(self.picture)[0]

    def pair(self, i: int, j: int) -> Pair:
        """One pair with its answer."""
        picture = self.picture
        answer = explain.ANSWERS[self.answers[i, j]]
        found = explain.explain(picture, i, j, answer)
        return Pair(
            picture.request.products[i],
            picture.request.partners[j],
            answer,
            why(found, in_words),
            found.reasons,
            float(picture.scores.mean[i, j]) if picture.feasible[i, j] else None,
            int(self.places[i, j]),
        )


def counts_by_view(answers: dict[str, int]) -> dict[str, int]:
    """How many pairs each view holds."""
    return {view: sum(answers[name] for name in names) for view, names in VIEWS.items()}
