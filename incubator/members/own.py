"""What belongs to a person who speaks for a cooperative or an e-commerce partner."""

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Cooperative, EcommercePartner


def own_member(user):
    """The cooperative or e-commerce partner this person belongs to; None for others."""
    return Cooperative.objects.run_by(user).first() or EcommercePartner.objects.run_by(user).first()


def rooms_of(user) -> list[tuple[str, str]]:
    """The workspace, where she finds her cooperative's or partner's own page."""
    return [(reverse("incubator:today"), _("Incubator workspace"))] if own_member(user) else []
