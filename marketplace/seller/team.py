"""Who belongs to a seller's team: joining, other roles, going. A team always has an owner."""

import secrets
from datetime import timedelta
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.encryption import blind_index
from marketplace.core.refusal import Refusal
from marketplace.partner.models import Partner

from .capabilities import INVITED_AS, TeamRole
from .models import Invitation, Membership
from .people import news

GOOD_FOR = timedelta(days=7)
MOST_OPEN = 20
"""So many invitations of one seller may wait."""


class TeamRefused(Refusal):
    """This cannot be done; nothing changed. ``for_people`` says why."""


@transaction.atomic
def join(*, seller, user, role: TeamRole, by=None) -> Membership:
    """Make somebody a member of the team; a second time changes nothing."""
    member, made = Membership.objects.get_or_create(seller=seller, user=user, defaults={"role": role, "invited_by": by})
    if made:
        user.__dict__.pop("_memberships", None)
        audit.record("team.joined", of=seller, by=by or user, member=user.pk, role=role)
    return member


@transaction.atomic
def invite(*, seller, role: TeamRole, key, by, at, sent_to: str = "") -> tuple[Invitation, str]:
    """A place for whoever opens the link with the token, which is told here and never again. The same ``key`` with
    the same words: the same invitation under a new token, so the link one sees last is the good one. Raises TeamRefused."""
    if role not in INVITED_AS:
        raise TeamRefused(_("Please choose packer or bookkeeper."))
    key = uuid5(key, f"{role.value} {sent_to}")
    Partner.objects.select_for_update().get(pk=seller.pk)
    existing = Invitation.objects.of_seller(seller).filter(key=key).first()
    if existing is not None:
        return existing, new_link(invitation=existing, by=by, at=at)
    if Invitation.objects.of_seller(seller).open(at).count() >= MOST_OPEN:
        raise TeamRefused(_("Twenty invitations wait already. Please withdraw some first."))
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        seller=seller,
        role=role,
        key=key,
        mark=mark(token),
        sent_to=sent_to,
        invited_by=by,
        invited_at=at,
        expires_at=at + GOOD_FOR,
    )
    audit.record("team.invited", of=seller, by=by, invitation=invitation.pk, role=role)
    return invitation, token


@transaction.atomic
def new_link(*, invitation: Invitation, by, at) -> str:
    """Another token, good for the whole time again; the earlier link is void. Raises TeamRefused for one that is used."""
    token = secrets.token_urlsafe(24)
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not waiting.update(mark=mark(token), expires_at=at + GOOD_FOR):
        raise TeamRefused(_("This invitation was accepted or withdrawn already."))
    invitation.refresh_from_db()
    audit.record("team.link_renewed", of=invitation.seller, by=by, invitation=invitation.pk)
    return token


@transaction.atomic
def withdraw(*, invitation: Invitation, by, at) -> None:
    """Its link leads nowhere from now on. Raises TeamRefused for one that was accepted."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None)
    if not waiting.update(withdrawn_at=at):
        raise TeamRefused(_("This invitation was accepted already."))
    audit.record("team.invitation_withdrawn", of=invitation.seller, by=by, invitation=invitation.pk)


def invitation_of(token: str, at) -> Invitation | None:
    """The invitation a link opens today."""
    return Invitation.objects.open(at).filter(mark=mark(token)).select_related("seller", "invited_by").first()


@transaction.atomic
def accept(*, token: str, user, at) -> Membership:
    """The person takes the place, once; somebody who is in the team already leaves the link unused. Raises TeamRefused."""
    invitation = invitation_of(token, at)
    if invitation is None:
        raise TeamRefused(_("This invitation is used up or too old. Please ask for another one."))
    if Membership.objects.filter(seller=invitation.seller, user=user).exists():
        raise TeamRefused(_("You are in this team already."))
    if not Invitation.objects.open(at).filter(pk=invitation.pk).update(accepted_by=user, accepted_at=at):
        raise TeamRefused(_("This invitation is used up or too old. Please ask for another one."))
    member = join(seller=invitation.seller, user=user, role=TeamRole(invitation.role), by=invitation.invited_by)
    news.somebody_joined(member, invitation)
    return member


@transaction.atomic
def change_role(*, member: Membership, role: TeamRole, by, at) -> None:
    """She does something else from her next page on; an owner's open invitations are void. Raises TeamRefused if no owner would be left."""
    member = locked(member)
    if member.role == role:
        return
    keep_an_owner(member)
    void_invitations(member, at)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    audit.record("team.role_changed", of=member.seller, by=by, member=member.user_id, before=before, role=role)
    news.role_changed(member)


@transaction.atomic
def part(*, member: Membership, by, at) -> None:
    """She is out at once, and what she invited and nobody took is void. Raises TeamRefused for the last owner."""
    member = locked(member)
    keep_an_owner(member)
    void_invitations(member, at)
    audit.record("team.left", of=member.seller, by=by, member=member.user_id, role=member.role)
    if member.user != by:
        news.let_go(member, at)
    member.delete()


def void_invitations(member: Membership, at) -> None:
    """What she invited as an owner and nobody took."""
    Invitation.objects.of_seller(member.seller).open(at).filter(invited_by=member.user).update(withdrawn_at=at)


def locked(member: Membership) -> Membership:
    """The member as she is now; others who change the team wait here. Raises TeamRefused for somebody who left."""
    Partner.objects.select_for_update().get(pk=member.seller_id)
    found = Membership.objects.filter(pk=member.pk).select_related("seller", "user__notice_preference").first()
    if found is None:
        raise TeamRefused(_("This person is no longer in the team."))
    return found


def keep_an_owner(member: Membership) -> None:
    owners = Membership.objects.filter(seller=member.seller, role=TeamRole.OWNER)
    if member.role == TeamRole.OWNER and not owners.exclude(pk=member.pk).exists():
        raise TeamRefused(_("A shop needs an owner. Please make somebody else an owner first."))


def mark(token: str) -> str:
    """What is kept of a link."""
    return blind_index(f"invitation:{token}")
