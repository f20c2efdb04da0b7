"""Pages about learning: for those who teach, and the public check of a certificate."""

from .assignments import assignment, assignments
from .attending import attend, session_code
from .certificates import certificate, certificate_paper, check
from .classes import certify, cohort, name_learner, revoke, session
from .funnel import funnel
from .planning import change_cohort, new_cohort, new_programme, new_session
from .rosters import roster, roster_run

__all__ = [
    "assignment",
    "assignments",
    "attend",
    "certificate",
    "certificate_paper",
    "certify",
    "change_cohort",
    "check",
    "cohort",
    "funnel",
    "name_learner",
    "new_cohort",
    "new_programme",
    "new_session",
    "revoke",
    "roster",
    "roster_run",
    "session",
    "session_code",
]
