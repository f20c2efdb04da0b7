"""What staff typed beside each household: a whole number, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from incubator.households.models import HouseholdLink
from marketplace.core.money import to_fen

MOST_DIGITS = 9


def typed_weights(
    said: Mapping[str, str], links: Sequence[HouseholdLink]
) -> tuple[dict[int, int], int, dict[int, str]]:
    """Weights by link, what is retained in fen, and what is wrong by link (0 for what is retained)."""
    weights: dict[int, int] = {}
    problems: dict[int, str] = {}
    for link in links:
        text = said.get(f"weight-{link.pk}", "").strip()
        if not text:
            continue
        if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
            weights[link.pk] = int(text)
        else:
            problems[link.pk] = _("A whole number, please.")
    retained = 0
    try:
        retained = to_fen(Decimal(said.get("retained", "").strip() or "0"))
    except (InvalidOperation, ValueError):
        problems[0] = _("Not an amount of money.")
    if retained < 0:
        problems[0] = _("Not an amount of money.")
    return weights, retained, problems
