"""Pages about members."""

from .bodies import bodies, body, strategic_partner, strategic_partners
from .lists import CooperativeList, PartnerList
from .pages import cooperative, partner
from .today import today

__all__ = [
    "CooperativeList",
    "PartnerList",
    "bodies",
    "body",
    "cooperative",
    "partner",
    "strategic_partner",
    "strategic_partners",
    "today",
]
