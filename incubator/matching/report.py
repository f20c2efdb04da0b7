"""A run as data for other programs: the form that `match_fair --json` promises."""

from typing import Any

from .engine import explain
from .engine.match import Result
from .sentences import why


def as_json(result: Result, *, seconds: float) -> dict[str, Any]:
    """Everything about a run, every pair once, products and partners by id, scores unrounded."""
    products, partners = result.market.products, result.market.partners
    covered = result.covered
    return {
        "products": [{"id": each.id, "capacity": each.slots, "weak": each.weak} for each in result.request.products],
        "partners": [{"id": each.id, "capacity": each.slots} for each in result.request.partners],
        "pairs": pairs(result),
        "objective": result.objective,
        "bound": result.bound,
        "sum_score": result.sum_score,
        "covered": {"products": covered[0], "partners": covered[1]},
        "seconds": seconds,
        "weights": result.request.weights.version,
        "solver": result.answer.solver,
        "slots": {"products": int(products.slots.sum()), "partners": int(partners.slots.sum())},
    }


def pairs(result: Result) -> list[dict[str, Any]]:
    """All pairs, with why or why not."""
    answers, feasible, mean = explain.answers(result), result.feasible, result.scores.mean
    return [
        {
            "product": product.id,
            "partner": partner.id,
            "feasible": bool(feasible[i, j]),
            "reasons": result.reasons(i, j),
            "score": float(mean[i, j]) if feasible[i, j] else None,
            "chosen": bool(result.chosen[i, j]),
            "pinned": bool(result.pinned[i, j]),
            "why": why(explain.explain(result, i, j, explain.ANSWERS[answers[i, j]])),
        }
        for i, product in enumerate(result.request.products)
        for j, partner in enumerate(result.request.partners)
    ]
