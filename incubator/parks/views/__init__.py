"""Pages of parks, for incubator staff of the place."""

from .parks import add_desks, appoint, change, desk_use, leave, new, park, parks, parks_export
from .requests import RequestList, ask, move_referral, move_request, register, requests_export
from .tenancies import apply, book, change_team, free, line, move, tenancy

__all__ = [
    "RequestList",
    "add_desks",
    "apply",
    "appoint",
    "ask",
    "book",
    "change",
    "change_team",
    "desk_use",
    "free",
    "leave",
    "line",
    "move",
    "move_referral",
    "move_request",
    "new",
    "park",
    "parks",
    "parks_export",
    "register",
    "requests_export",
    "tenancy",
]
