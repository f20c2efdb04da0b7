"""Shutting somebody out, and letting her in again. Orders and facts stay as they are."""

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit
from marketplace.core.refusal import Refusal

from .models import Session, User


class Reason(models.TextChoices):
    """Why somebody is shut out or let in again; the audit trail holds no free text."""

    MISUSE = "misuse", _("Misuse of the site")
    STOLEN = "stolen", _("Somebody else has got hold of the account")
    REQUEST = "request", _("The person asked for it")
    AUTHORITY = "authority", _("An authority asked for it")
    MISTAKE = "mistake", _("It was a mistake")


@transaction.atomic
def bar(*, user: User, reason: Reason, by: User) -> None:
    """She can no longer sign in, and every session of hers ends. Raises Refusal for oneself and for operators."""
    set_active(user, False, by)
    Session.objects.filter(user=user).delete()
    audit.record("account.barred", of=user, by=by, reason=reason)


@transaction.atomic
def readmit(*, user: User, reason: Reason, by: User) -> None:
    """She may sign in again, with the password she had. Raises Refusal for a closed account."""
    set_active(user, True, by)
    audit.record("account.readmitted", of=user, by=by, reason=reason)


def set_active(user: User, active: bool, by: User) -> None:
    if user.pk == by.pk or user.is_superuser:
        raise Refusal(gettext("Operators are not shut out here. Their role has to be taken back first."))
    if not User.objects.filter(pk=user.pk, closed_at=None).update(is_active=active):
        raise Refusal(gettext("This account is closed."))
