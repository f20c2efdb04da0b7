"""What is done in parks."""

from .desks import book_desk, free_desk
from .lines import move_line
from .parks import add_desks, appoint, change_park, leave_committee, open_park, set_desk_use
from .requests import ask_for, move_referral, move_request, register_for_fair
from .tenancies import apply, ask_to_join, change_team, move

__all__ = [
    "add_desks",
    "apply",
    "appoint",
    "ask_for",
    "ask_to_join",
    "book_desk",
    "change_park",
    "change_team",
    "free_desk",
    "leave_committee",
    "move",
    "move_line",
    "move_referral",
    "move_request",
    "open_park",
    "register_for_fair",
    "set_desk_use",
]
