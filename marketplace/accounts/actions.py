"""What happens to accounts: opened, and given another password."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.core import audit, consent, notices
from marketplace.core.models import Channel, NoticeKind

from . import contacts, limits
from .contacts import Contact, Kind
from .models import User

CHANNELS = {Kind.MOBILE: Channel.SMS, Kind.EMAIL: Channel.EMAIL}


class Taken(Exception):
    """Somebody else has an account under this number or address. Only to be told to who proved that it is hers."""


@transaction.atomic
def open_account(*, contact: Contact, password: str, at) -> User:
    """An account for somebody who proved the contact and agreed to our texts, which is noted by version. Raises Taken."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(**{contact.kind.value: contact.address}, password=password)
    except IntegrityError:
        raise Taken from None
    for purpose, version in settings.LEGAL_TEXTS.items():
        consent.give(user=user, purpose=purpose, version=version, at=at)
    audit.record("account.opened", of=user, by=user, kind=contact.kind)
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: User, at) -> None:
    """From now on this password counts, and sessions begun with the old one end. All ways to reach her are told."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("account.password_changed", of=user, by=by)
    for contact in contacts.of(user):
        limits.forget(limits.PASSWORD_NAME, contact.address)
    tell(
        user,
        contacts.of(user),
        cause=f"password:{user.pk}:{at.timestamp()}",
        subject=_("Your password was changed"),
        body=_("If this was not you, set a new password at once with a verification code."),
    )


def tell(user: User, told: list[Contact], *, cause: str, subject: str, body: str) -> None:
    """On the site and by every given way, whatever ways she chose for news of orders: this is about her safety."""
    addresses = {Channel.IN_APP: f"user:{user.pk}"} | {CHANNELS[each.kind]: each.address for each in told}
    notices.write(addresses, user=user, cause=cause, subject=subject, body=body, link="", kind=NoticeKind.SAFETY)
