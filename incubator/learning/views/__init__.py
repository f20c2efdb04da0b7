"""Pages about learning: for those who teach, and the public check of a certificate."""

from .certificates import certificate, certificate_paper, check
from .classes import certify, cohort, revoke, session
from .funnel import funnel
from .rosters import roster, roster_run

__all__ = [
    "certificate",
    "certificate_paper",
    "certify",
    "check",
    "cohort",
    "funnel",
    "revoke",
    "roster",
    "roster_run",
    "session",
]
