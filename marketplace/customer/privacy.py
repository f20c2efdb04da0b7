"""What a person agreed to, and taking it back."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.core import consent, events
from marketplace.core.models import Consent

NAMES = {
    "terms": _("Terms of service"),
    "privacy": _("Privacy policy"),
    "bank_account": _("Payout account"),
    "events": _("Events"),
}
"""Purposes with a name of their own; others are shown as they were recorded."""
NEEDED = frozenset({"terms", "privacy", "bank_account"})
"""What these are for cannot be without them: they end when the account is closed, or another payout account is named."""


@dataclass(frozen=True)
class Agreement:
    """One line of the log."""

    given: Consent

    @property
    def name(self) -> str:
        return str(NAMES.get(self.given.purpose, self.given.purpose))

    @property
    def can_be_withdrawn(self) -> bool:
        return self.given.withdrawn_at is None and self.given.purpose not in NEEDED


def agreements(user: User) -> list[Agreement]:
    """Everything she ever agreed to, the latest first."""
    return [Agreement(given) for given in user.consents.order_by("-given_at", "-pk")]


@transaction.atomic
def withdraw(*, given: Consent, by: User, at) -> None:
    """She no longer agrees; whoever built on it is told and takes it down. A second time changes nothing."""
    if consent.withdraw(purpose=given.purpose, user=given.user, by=by, at=at):
        events.announce("consent_withdrawn", user=by.pk, purpose=given.purpose)
