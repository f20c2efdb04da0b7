"""Where a draft of a listing stands, and which moves lead from where to where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.states import Workflow


class DraftState(models.TextChoices):
    """Who has the draft in hand: its seller, the reviewers, or nobody any more."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Under review")
    ASKED = "asked", _("Please change something")
    REJECTED = "rejected", _("Rejected")
    APPROVED = "approved", _("Approved")


EDITABLE = frozenset({DraftState.DRAFT, DraftState.ASKED, DraftState.REJECTED})
OPEN = EDITABLE | {DraftState.WAITING}
WAITING = frozenset({DraftState.WAITING})

DRAFT_MOVES = Workflow(
    {
        "submit": (EDITABLE, DraftState.WAITING),
        "take_back": (WAITING, DraftState.DRAFT),
        "approve": (WAITING, DraftState.APPROVED),
        "ask": (WAITING, DraftState.ASKED),
        "reject": (WAITING, DraftState.REJECTED),
        "apply": (EDITABLE, DraftState.APPROVED),
    }
)
"""``apply`` is for edits that need no review."""
