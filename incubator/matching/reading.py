"""What a run's page says beside its pairs."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .listing import ALL, BANNED, CHOSEN, IMPOSSIBLE, LEFT, PINNED
from .models import MatchRun
from .sentences import CODE_NAMES
from .words import place

WIDE = 1000
"""Drawings are so many units wide."""


def views_of(counts: dict[str, int], here: str, asked: QueryDict) -> list[dict[str, Any]]:
    """The views of a run's pairs as chips; the rest of the question stays."""
    names = {
        CHOSEN: _("Proposals"),
        PINNED: _("Pinned"),
        LEFT: _("Possible, not chosen"),
        IMPOSSIBLE: _("Not possible"),
        BANNED: _("Banned"),
        ALL: _("All"),
    }
    found = []
    for view, text in names.items():
        query = asked.copy()
        query.pop("page", None)
        query["view"] = view
        found.append(
            {"text": text, "href": f"?{query.urlencode()}", "current": view == here, "count": f"{counts[view]:,}"}
        )
    return found


def charts(run: MatchRun) -> dict[str, Any]:
    """Where all pairs went, why pairs are impossible, and how even the choice is."""
    answers, report = run.report["answers"], run.report
    total = max(1, run.products * run.partners)
    chosen = answers["chosen"] + answers["pinned"]
    left = sum(answers[name] for name in ("product_full", "partner_full", "both_full", "no_gain"))
    impossible = answers["impossible"] + answers["banned"]
    return {
        "ledger": {
            "total": total,
            "chosen": chosen,
            "left": left,
            "impossible": impossible,
            "chosen_width": round(WIDE * chosen / total),
            "possible_width": round(WIDE * (chosen + left) / total),
        },
        "codes": sorted(
            ({"code": code, "name": CODE_NAMES[code], "n": n} for code, n in report["first_broken"].items() if n),
            key=lambda each: -each["n"],
        ),
        "most": max(report["first_broken"].values(), default=1) or 1,
        "groups": [
            (pgettext("cooperative", "Priority support"), report["groups"]["weak"]),
            (_("Others"), report["groups"]["others"]),
        ],
        "counties": [(place(code), n) for code, n in report["counties"].items()],
        "gini": report["gini"],
        "top_share": f"{report['top_share'] * 100:.0f}%",
        "used": {"chosen": chosen, "slots": min(report["slots"])},
    }


def overrides_of(run: MatchRun) -> list[dict[str, Any]]:
    """The pins and bans this run was made with, and what each costs."""
    products = {row["id"]: row["name"] for row in run.inputs["products"]}
    partners = {row["id"]: row["name"] for row in run.inputs["partners"]}
    return [
        each | {"product": products.get(each["pair"][0]), "partner": partners.get(each["pair"][1])}
        for each in run.report["costs"]
    ]
