"""The link of an invitation on its way by text message or e-mail."""

from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import send_mail
from django.utils.translation import gettext as _

from marketplace.accounts import limits, sms
from marketplace.accounts.contacts import Contact, Kind
from marketplace.core.refusal import Refusal

INVITE_CONTACT = limits.Limit("invite-contact", 3, timedelta(days=1))
INVITE_SELLER = limits.Limit("invite-seller", 20, timedelta(days=1))


class NotSent(Refusal):
    """The link did not go out; ``for_people`` says so. It is good all the same."""


def send(*, invitation, link: str, to: Contact, at) -> None:
    """Raises NotSent. Talks to the outside: not to be called inside a transaction."""
    try:
        limits.take((INVITE_SELLER, f"seller:{invitation.seller_id}"), (INVITE_CONTACT, to.address), at=at)
    except limits.TooMany as refusal:
        raise NotSent(refusal.for_people) from refusal
    shop = invitation.seller.display_name
    words = _("%(shop)s on Yanxing invites you as %(role)s: %(link)s (good once, for 7 days)") % {
        "shop": shop,
        "role": invitation.get_role_display(),
        "link": link,
    }
    try:
        if to.kind is Kind.MOBILE:
            sms.send(to.address, words)
        else:
            send_mail(_("Work with %(shop)s") % {"shop": shop}, words, None, [to.address])
    except (sms.NotSent, SMTPException, OSError) as error:
        raise NotSent(_("The link could not be sent just now. Please pass it on yourself.")) from error
