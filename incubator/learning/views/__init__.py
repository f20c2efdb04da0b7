"""Pages about learning: for those who teach, and the public check of a certificate."""

from .certificates import certificate, certificate_paper, check
from .classes import certify, cohort, revoke, session
from .funnel import funnel
from .planning import change_cohort, new_cohort, new_programme, new_session
from .rosters import roster, roster_run

__all__ = [
    "certificate",
    "certificate_paper",
    "certify",
    "change_cohort",
    "check",
    "cohort",
    "funnel",
    "new_cohort",
    "new_programme",
    "new_session",
    "revoke",
    "roster",
    "roster_run",
    "session",
]
