"""The life of an agreement as a table."""

from django.db import models
from django.utils.translation import pgettext_lazy

from marketplace.core.states import Workflow


class AgreementState(models.TextChoices):
    INTENT = "intent", pgettext_lazy("agreement", "Letter of intent")
    CHECKING = "checking", pgettext_lazy("agreement", "To be checked")
    SIGNED = "signed", pgettext_lazy("agreement", "Signed")
    ACTIVE = "active", pgettext_lazy("agreement", "In force")
    ENDED = "ended", pgettext_lazy("agreement", "Ended")
    DROPPED = "dropped", pgettext_lazy("agreement", "Dropped")


MOVES = Workflow(
    {
        "submit": (frozenset({AgreementState.INTENT}), AgreementState.CHECKING),
        "sign": (frozenset({AgreementState.CHECKING}), AgreementState.SIGNED),
        "send_back": (frozenset({AgreementState.CHECKING}), AgreementState.INTENT),
        "start": (frozenset({AgreementState.SIGNED}), AgreementState.ACTIVE),
        "end": (frozenset({AgreementState.SIGNED, AgreementState.ACTIVE}), AgreementState.ENDED),
        "drop": (frozenset({AgreementState.INTENT}), AgreementState.DROPPED),
    }
)
MOVE_NAMES = {
    "submit": pgettext_lazy("agreement", "Hand in for checking"),
    "send_back": pgettext_lazy("agreement", "Send back"),
    "sign": pgettext_lazy("agreement", "Checked: it is signed"),
    "start": pgettext_lazy("agreement", "Goods have begun to move"),
    "end": pgettext_lazy("agreement", "End it"),
    "drop": pgettext_lazy("agreement", "Drop it"),
}
BINDING = (AgreementState.SIGNED, AgreementState.ACTIVE, AgreementState.ENDED)
"""Once both sides are bound; what is sold under it counts from then on."""
