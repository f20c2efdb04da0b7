"""Who looked at a seller's papers: she may know when staff did, and how often."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from marketplace.core.models import AuditEntry

from .licences import Licence

VIEWED = "paper.viewed"
STAFF, TEAM = "staff", "team"
"""Whose look it was: of the platform, or of the shop itself."""


def looks_at(papers: Collection[Licence]) -> dict[int, list[datetime]]:
    """By the key of each paper when staff of the platform looked at it, the latest first; one query."""
    found: dict[int, list[datetime]] = defaultdict(list)
    if not papers:
        return found
    seen = AuditEntry.objects.filter(
        action=VIEWED,
        details__to=STAFF,
        object_type=Licence._meta.label_lower,
        object_id__in=[str(paper.pk) for paper in papers],
    )
    for entry in seen.order_by("-at"):
        found[int(entry.object_id)].append(entry.at)
    return found
