"""Fairs: who takes part, what was matched, and what staff decided by hand."""

from .fairs import FAIR_MOVES, Fair, FairState
from .meetings import Meeting, Timetable
from .overrides import Override
from .registrations import FairPartner, FairProduct
from .runs import MatchRun, Proposal, RunState

__all__ = [
    "FAIR_MOVES",
    "Fair",
    "FairPartner",
    "FairProduct",
    "FairState",
    "MatchRun",
    "Meeting",
    "Override",
    "Proposal",
    "RunState",
    "Timetable",
]
