"""A solved run as rows and figures, and back again as a picture that answers for every pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import fairness
from .engine import explain
from .engine.match import Picture, Refused, Result, match, recall
from .engine.relax import helpful_rules
from .inputs import request_of
from .models import MatchRun, Proposal

MOST_WEIGHED = 20
"""So many pins and bans are tried one by one without them."""


def report_of(result: Result) -> dict[str, Any]:
    """Counts, fairness, and which rule would help where somebody stays without a pair."""
    everybody = sum(result.covered) == len(result.request.products) + len(result.request.partners)
    return fairness.report(result) | {"helpful": [] if everybody else helpful_rules(result)}


def proposals_of(run: MatchRun, result: Result) -> Iterator[Proposal]:
    """One row for each chosen pair."""
    products = dict(run.fair.products.values_list("code", "pk"))
    partners = dict(run.fair.partners.values_list("code", "pk"))
    by_product, by_partner = explain.ranks(result)
    for i, j in np.argwhere(result.chosen):
        has_score = bool(result.feasible[i, j])
        answer = explain.PINNED if result.pinned[i, j] else explain.CHOSEN
        yield Proposal(
            run=run,
            product_id=products[result.request.products[i].id],
            partner_id=partners[result.request.partners[j].id],
            is_pinned=bool(result.pinned[i, j]),
            score=float(result.scores.mean[i, j]) if has_score else None,
            growers_score=float(result.scores.growers[i, j]) if has_score else None,
            partner_score=float(result.scores.partner[i, j]) if has_score else None,
            place_for_product=int(by_product[i, j]),
            place_for_partner=int(by_partner[i, j]),
            reasons=result.reasons(i, j),
            facts=explain.explain(result, i, j, answer).facts,
        )


def costs(inputs: dict[str, Any], result: Result) -> list[dict[str, Any]]:
    """What each pin and ban costs: the run beside the one without it."""
    asked = [("pin", pair) for pair in inputs["pins"]] + [("ban", pair) for pair in inputs["bans"]]
    return [cost(inputs, result, kind, pair) for kind, pair in asked[:MOST_WEIGHED]]


def cost(inputs: dict[str, Any], result: Result, kind: str, pair: list[str]) -> dict[str, Any]:
    rest = [other for other in inputs[f"{kind}s"] if other != pair]
    without = match(request_of(inputs, **{f"{kind}s": rest}))
    return {"kind": kind, "pair": pair} | difference(result, without)


def difference(here: Picture, there: Picture) -> dict[str, Any]:
    """What ``here`` has more (or less) than ``there``."""
    return {
        "score": round(here.sum_score - there.sum_score, 6),
        "covered": sum(here.covered) - sum(there.covered),
        "proposals": int(here.chosen.sum()) - int(there.chosen.sum()),
        "moved": int((there.chosen & ~here.chosen).sum()),
    }


@dataclass(frozen=True)
class Trial:
    """What would happen if a pair were pinned or banned; ``refused`` says why it cannot be."""

    change: dict[str, Any] | None
    refused: Refused | None = None


def tried(run: MatchRun, kind: str, pair: list[str]) -> Trial:
    """The run once more with one pin or ban added, and nothing written."""
    changed = {f"{kind}s": [*(other for other in run.inputs[f"{kind}s"] if other != pair), pair]}
    try:
        return Trial(difference(match(request_of(run.inputs, **changed)), picture_of(run)))
    except Refused as refused:
        return Trial(None, refused)


def picture_of(run: MatchRun) -> Picture:
    """A finished run as it was, from its inputs and its proposals."""
    pairs = list(run.proposals.values_list("product__code", "partner__code"))
    return recall(request_of(run.inputs), pairs)
