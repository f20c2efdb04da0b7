"""What complaints are about, how far they are, and how they end."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.states import Workflow

ANSWERED_WITHIN = timedelta(days=7)
"""Staff answer within this time."""


class Kind(models.TextChoices):
    """What is complained of."""

    QUALITY = "quality", _("Quality or food safety")
    UNTRUE = "untrue", _("Untrue description or advertising")
    FAKE = "fake", _("Counterfeit or copied goods")
    PRICE = "price", _("Price or hidden costs")
    SERVICE = "service", _("Service or behaviour")
    PRIVACY = "privacy", _("Misuse of personal data")
    FORBIDDEN = "forbidden", _("Goods that must not be sold")
    OTHER = "other", _("Something else")


class State(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("complaint", "Received")
    IN_HAND = "in_hand", _("Being looked into")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "Withdrawn")


class Outcome(models.TextChoices):
    """What staff found."""

    FOUNDED = "founded", _("Founded; we have acted")
    PARTLY = "partly", _("Partly founded")
    UNFOUNDED = "unfounded", _("Not founded")
    REFERRED = "referred", _("Passed on to the authority in charge")


OPEN = frozenset({State.RECEIVED, State.IN_HAND})
MOVES = Workflow(
    {
        "take_up": (frozenset({State.RECEIVED}), State.IN_HAND),
        "answer": (OPEN, State.ANSWERED),
        "withdraw": (OPEN, State.WITHDRAWN),
    }
)
