"""The lives of a tenancy, a service request, a service line and a referral, each as one table."""

from django.db import models
from django.utils.translation import pgettext_lazy

from marketplace.core.states import Workflow


class TenancyState(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("tenancy", "Applied")
    REVIEWED = "reviewed", pgettext_lazy("tenancy", "Reviewed")
    APPROVED = "approved", pgettext_lazy("tenancy", "Approved")
    RESIDENT = "resident", pgettext_lazy("tenancy", "In residence")
    GRADUATED = "graduated", pgettext_lazy("tenancy", "Graduated")
    DECLINED = "declined", pgettext_lazy("tenancy", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("tenancy", "Withdrawn")
    TERMINATED = "terminated", pgettext_lazy("tenancy", "Terminated")


T = TenancyState
TENANCY_MOVES = Workflow(
    {
        "review": (frozenset({T.APPLIED}), T.REVIEWED),
        "approve": (frozenset({T.REVIEWED}), T.APPROVED),
        "move_in": (frozenset({T.APPROVED}), T.RESIDENT),
        "graduate": (frozenset({T.RESIDENT}), T.GRADUATED),
        "decline": (frozenset({T.APPLIED, T.REVIEWED}), T.DECLINED),
        "withdraw": (frozenset({T.APPLIED, T.REVIEWED, T.APPROVED}), T.WITHDRAWN),
        "terminate": (frozenset({T.APPROVED, T.RESIDENT}), T.TERMINATED),
    }
)
TENANCY_MOVE_NAMES = {
    "review": pgettext_lazy("tenancy", "Reviewed"),
    "approve": pgettext_lazy("tenancy", "Approve"),
    "move_in": pgettext_lazy("tenancy", "Move in"),
    "graduate": pgettext_lazy("tenancy", "Graduate"),
    "decline": pgettext_lazy("tenancy", "Decline"),
    "withdraw": pgettext_lazy("tenancy", "Withdrawn by the team"),
    "terminate": pgettext_lazy("tenancy", "Terminate"),
}
HOUSED = (TenancyState.APPROVED, TenancyState.RESIDENT)
"""Who may have desks."""
NEEDS_REASON = {"decline", "terminate", "give_up"}


class RequestState(models.TextChoices):
    OPEN = "open", pgettext_lazy("service request", "Open")
    ASSIGNED = "assigned", pgettext_lazy("service request", "Assigned")
    IN_PROGRESS = "in_progress", pgettext_lazy("service request", "In progress")
    DONE = "done", pgettext_lazy("service request", "Done")
    CONFIRMED = "confirmed", pgettext_lazy("service request", "Confirmed by the team")
    UNMET = "unmet", pgettext_lazy("service request", "Could not be met")


R = RequestState
REQUEST_MOVES = Workflow(
    {
        "assign": (frozenset({R.OPEN, R.ASSIGNED, R.IN_PROGRESS, R.UNMET}), R.ASSIGNED),
        "begin": (frozenset({R.ASSIGNED}), R.IN_PROGRESS),
        "finish": (frozenset({R.ASSIGNED, R.IN_PROGRESS}), R.DONE),
        "confirm": (frozenset({R.DONE}), R.CONFIRMED),
        "reopen": (frozenset({R.DONE}), R.IN_PROGRESS),
        "give_up": (frozenset({R.OPEN, R.ASSIGNED, R.IN_PROGRESS}), R.UNMET),
    }
)
REQUEST_MOVE_NAMES = {
    "assign": pgettext_lazy("service request", "Assign"),
    "begin": pgettext_lazy("service request", "Begin"),
    "finish": pgettext_lazy("service request", "Done"),
    "confirm": pgettext_lazy("service request", "The team confirmed it"),
    "reopen": pgettext_lazy("service request", "Not done after all"),
    "give_up": pgettext_lazy("service request", "Cannot be met"),
}
UNFINISHED = (RequestState.OPEN, RequestState.ASSIGNED, RequestState.IN_PROGRESS)


class LineState(models.TextChoices):
    NOT_ASKED = "not_asked", pgettext_lazy("service line", "Not asked for")
    ASKED = "asked", pgettext_lazy("service line", "Asked for")
    ANSWERED = "answered", pgettext_lazy("service line", "Answered")


LINE_MOVES = Workflow(
    {
        "ask": (frozenset({LineState.NOT_ASKED, LineState.ANSWERED}), LineState.ASKED),
        "answer": (frozenset({LineState.ASKED}), LineState.ANSWERED),
        "take_back": (frozenset({LineState.ASKED}), LineState.NOT_ASKED),
    }
)


class ReferralState(models.TextChoices):
    OPEN = "open", pgettext_lazy("referral", "To be sent")
    SENT = "sent", pgettext_lazy("referral", "Sent")
    GRANTED = "granted", pgettext_lazy("referral", "Granted")
    DECLINED = "declined", pgettext_lazy("referral", "Declined")


REFERRAL_MOVES = Workflow(
    {
        "send": (frozenset({ReferralState.OPEN, ReferralState.DECLINED}), ReferralState.SENT),
        "grant": (frozenset({ReferralState.SENT}), ReferralState.GRANTED),
        "decline": (frozenset({ReferralState.SENT}), ReferralState.DECLINED),
    }
)
