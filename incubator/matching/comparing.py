"""Two runs of one fair side by side: what stayed, what came, what went."""

from __future__ import annotations

from dataclasses import dataclass

from .models import MatchRun

Pair = tuple[str, str, str, str]
"""Product's code and name, partner's code and name."""


@dataclass(frozen=True)
class Comparison:
    """``earlier`` and ``later`` with their pairs; kept + gone are the earlier one's, kept + come the later one's."""

    earlier: MatchRun
    later: MatchRun
    kept: list[Pair]
    gone: list[Pair]
    come: list[Pair]

    @property
    def same_inputs(self) -> bool:
        return self.earlier.inputs_hash == self.later.inputs_hash


def compare(earlier: MatchRun, later: MatchRun) -> Comparison:
    """What became of the pairs of ``earlier`` in ``later``."""
    before, after = pairs_of(earlier), pairs_of(later)
    return Comparison(
        earlier,
        later,
        kept=[after[key] for key in sorted(before.keys() & after.keys())],
        gone=[before[key] for key in sorted(before.keys() - after.keys())],
        come=[after[key] for key in sorted(after.keys() - before.keys())],
    )


def pairs_of(run: MatchRun) -> dict[tuple[str, str], Pair]:
    """The chosen pairs of a run by their codes, with the names the run knew."""
    products = {row["id"]: row["name"] for row in run.inputs["products"]}
    partners = {row["id"]: row["name"] for row in run.inputs["partners"]}
    codes = run.proposals.values_list("product__code", "partner__code")
    return {(p, q): (p, products[p], q, partners[q]) for p, q in codes}
