"""What members and owners are told about the team, in the first language, on the site and by the ways they chose."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marketplace.core import notices
from marketplace.core.models import NoticeKind


def somebody_joined(member, invitation) -> None:
    """Whoever invited hears that the link was used, and by whom."""
    if invitation.invited_by is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        notices.tell(
            user=invitation.invited_by,
            cause=f"team-joined:{invitation.pk}",
            subject=_("Somebody joined your team"),
            body=notices.saying(
                _("%(name)s works for %(shop)s now, as %(role)s."),
                name=member.user.get_full_name(),
                shop=lambda: member.seller.display_name,
                role=member.get_role_display,
            ),
            link=reverse("seller:team"),
            kind=NoticeKind.SAFETY,
        )


def role_changed(member) -> None:
    """She hears what she is now."""
    with translation.override(settings.LANGUAGE_CODE):
        notices.tell(
            user=member.user,
            cause=f"team-role:{member.pk}:{member.role}",
            subject=_("Your role in a team has changed"),
            body=notices.saying(
                _("You work for %(shop)s as %(role)s from now on."),
                shop=lambda: member.seller.display_name,
                role=member.get_role_display,
            ),
            link=reverse("seller:home"),
            kind=NoticeKind.SAFETY,
        )


def let_go(member, at) -> None:
    """She hears that she is out."""
    words = _("You no longer work for %(shop)s and cannot open its pages any more.")
    notices.tell(
        user=member.user,
        cause=f"team-left:{member.pk}:{at.timestamp()}",
        subject=_("You are no longer in a team"),
        body=notices.saying(words, shop=lambda: member.seller.display_name),
        kind=NoticeKind.SAFETY,
    )
