"""Fairs: who takes part, what was matched, and what staff decided by hand."""

from .applications import APPLICATION_MOVES, ApplicationState, FairApplication, Side
from .fairs import FAIR_MOVES, Fair, FairState
from .meetings import Meeting, Timetable
from .overrides import Override
from .registrations import FairPartner, FairProduct
from .runs import MatchRun, Proposal, RunState

__all__ = [
    "APPLICATION_MOVES",
    "ApplicationState",
    "FairApplication",
    "Side",
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
