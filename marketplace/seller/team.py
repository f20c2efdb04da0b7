"""Who belongs to a seller's team."""

from django.db import transaction

from marketplace.core import audit

from .capabilities import TeamRole
from .models import Membership


@transaction.atomic
def join(*, seller, user, role: TeamRole, by=None) -> Membership:
    """Make somebody a member of the team; a second time changes nothing."""
    member, made = Membership.objects.get_or_create(seller=seller, user=user, defaults={"role": role, "invited_by": by})
    if made:
        user.__dict__.pop("_memberships", None)
        audit.record("team.joined", of=seller, by=by or user, member=user.pk, role=role)
    return member
