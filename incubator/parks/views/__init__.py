"""Pages of parks: for incubator staff of the place, and for who asks for a desk."""

from .joining import join, mine, open_parks
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
    "join",
    "leave",
    "line",
    "mine",
    "move",
    "move_referral",
    "move_request",
    "new",
    "open_parks",
    "park",
    "parks",
    "parks_export",
    "register",
    "requests_export",
    "tenancy",
]
