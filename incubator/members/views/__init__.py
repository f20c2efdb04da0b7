"""Pages about members."""

from .bodies import bodies, body, body_export, strategic_partner, strategic_partners
from .changing import (
    cooperative_shop,
    join,
    move_membership,
    new_body,
    new_strategic_partner,
    offer,
    partner_shop,
    take_part,
)
from .lists import CooperativeList, PartnerList
from .pages import cooperative, partner
from .today import today

__all__ = [
    "CooperativeList",
    "PartnerList",
    "bodies",
    "body",
    "body_export",
    "cooperative",
    "cooperative_shop",
    "join",
    "move_membership",
    "new_body",
    "new_strategic_partner",
    "offer",
    "partner",
    "partner_shop",
    "strategic_partner",
    "strategic_partners",
    "take_part",
    "today",
]
