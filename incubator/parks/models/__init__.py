"""Parks, who lives in them, and what they are helped with."""

from .parks import CommitteeMember, Desk, Park, ParkService
from .services import FounderLine, Referral, RequestKind, ServiceLine, ServiceRequest
from .tenancies import DeskBooking, Tenancy, TenancyStep

__all__ = [
    "CommitteeMember",
    "Desk",
    "DeskBooking",
    "FounderLine",
    "Park",
    "ParkService",
    "Referral",
    "RequestKind",
    "ServiceLine",
    "ServiceRequest",
    "Tenancy",
    "TenancyStep",
]
