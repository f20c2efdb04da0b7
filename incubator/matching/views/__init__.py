"""Pages of fairs, for incubator staff of the place."""

from .applications import application, applications, apply, check_application, decide_application, open_fairs
from .fairs import FairList, enrol, fair, move, plan, registered, slots
from .meetings import card, timetable, timetable_cards, timetable_export
from .pairs import override, override_approve, override_remove, pair
from .runs import approve, begin, compare, export, run
from .sheets import sheet, sheet_sample, sheet_take_in, undo

__all__ = [
    "application",
    "applications",
    "apply",
    "check_application",
    "decide_application",
    "open_fairs",
    "FairList",
    "approve",
    "begin",
    "card",
    "compare",
    "enrol",
    "export",
    "fair",
    "move",
    "override",
    "override_approve",
    "override_remove",
    "pair",
    "plan",
    "registered",
    "run",
    "sheet",
    "sheet_sample",
    "sheet_take_in",
    "slots",
    "timetable",
    "timetable_cards",
    "timetable_export",
    "undo",
]
