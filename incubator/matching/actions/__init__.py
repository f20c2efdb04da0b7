"""What is done with fairs."""

from .applications import (
    accept_application,
    correct_application,
    is_open,
    return_application,
    send_application,
    withdraw_application,
)
from .entries import change_slots, register_partner
from .fairs import enrol_strangers, move, plan_fair
from .meetings import make_timetable
from .overrides import approve_override, place_override, remove_override
from .runs import approve_plan, begin_run, carry_out
from .spreadsheets import Preview, look_at, take_back, take_in

__all__ = [
    "withdraw_application",
    "send_application",
    "return_application",
    "is_open",
    "correct_application",
    "accept_application",
    "Preview",
    "approve_override",
    "approve_plan",
    "begin_run",
    "carry_out",
    "change_slots",
    "enrol_strangers",
    "look_at",
    "make_timetable",
    "move",
    "place_override",
    "plan_fair",
    "register_partner",
    "remove_override",
    "take_back",
    "take_in",
]
