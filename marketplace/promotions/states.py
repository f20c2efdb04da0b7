"""What can happen to a promotion, in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.states import Workflow


class PromotionState(models.TextChoices):
    """Whether it may be used; its days and limits say the rest."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


PROMOTION_MOVES = Workflow(
    {
        "pause": (frozenset({PromotionState.ACTIVE}), PromotionState.PAUSED),
        "resume": (frozenset({PromotionState.PAUSED}), PromotionState.ACTIVE),
        "end": (frozenset({PromotionState.ACTIVE, PromotionState.PAUSED}), PromotionState.ENDED),
    }
)
