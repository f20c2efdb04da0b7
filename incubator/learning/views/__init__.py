"""Pages about learning: for those who teach, and the public check of a certificate."""

from .assignments import assignment, assignments
from .attending import attend, session_code
from .certificates import certificate, certificate_paper, check
from .classes import certify, cohort, name_learner, revoke, session
from .events import change_event, event, event_code, events, let_in, new_event, put_down
from .funnel import funnel
from .planning import change_cohort, new_cohort, new_programme, new_session
from .registering import event as about_event
from .registering import here
from .rosters import roster, roster_run

__all__ = [
    "about_event",
    "assignment",
    "assignments",
    "attend",
    "certificate",
    "certificate_paper",
    "certify",
    "change_cohort",
    "change_event",
    "check",
    "cohort",
    "event",
    "event_code",
    "events",
    "funnel",
    "here",
    "let_in",
    "name_learner",
    "new_cohort",
    "new_event",
    "new_programme",
    "new_session",
    "put_down",
    "revoke",
    "roster",
    "roster_run",
    "session",
    "session_code",
]
