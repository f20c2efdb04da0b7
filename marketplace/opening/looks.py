"""Who looked at a seller's papers: she may know when staff did, and how often."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from marketplace.core.models import AuditEntry

from .licences import Licence

VIEWED = "paper.viewed"


def looks_at(papers: Collection[Licence]) -> dict[int, list[datetime]]:
    """By the key of each paper when people outside its shop's team looked at it, the latest first; one query."""
    found: dict[int, list[datetime]] = defaultdict(list)
    if not papers:
        return found
    seller = next(iter(papers)).seller_id
    seen = AuditEntry.objects.filter(
        action=VIEWED, object_type=Licence._meta.label_lower, object_id__in=[str(paper.pk) for paper in papers]
    )
    for entry in seen.exclude(by__memberships__seller=seller).order_by("-at"):
        found[int(entry.object_id)].append(entry.at)
    return found
