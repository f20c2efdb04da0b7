"""Who the incubator knows: cooperatives with what they supply, e-commerce partners, strategic partners, the bodies they join."""

from .bodies import Body, Membership, MembershipChange
from .cooperatives import Certificate, Cooperative, Supply
from .notes import Note
from .partners import EcommercePartner, Programme, StrategicPartner

__all__ = [
    "Body",
    "Certificate",
    "Cooperative",
    "EcommercePartner",
    "Membership",
    "MembershipChange",
    "Note",
    "Programme",
    "StrategicPartner",
    "Supply",
]
