"""What happens to accounts: opened, and given another password."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit, consent, notices
from marketplace.core.models import Channel, NoticeKind

from . import contacts, limits
from .contacts import Contact, Kind
from .models import Session, User

CHANNELS = {Kind.MOBILE: Channel.SMS, Kind.EMAIL: Channel.EMAIL}


class Taken(Exception):
    """Somebody else has an account under this number or address. Only to be told to who proved that it is hers."""


@transaction.atomic
def open_account(*, contact: Contact, password: str, at) -> User:
    """An account for somebody who proved the contact and agreed to our texts, which is noted by version. Raises Taken."""
    try:
        with transaction.atomic():
            known = {contact.kind.value: contact.address, contact.verified_at: at}
            user = User.objects.create_user(**known, password=password)
    except IntegrityError:
        raise Taken from None
    for purpose, version in settings.LEGAL_TEXTS.items():
        consent.give(user=user, purpose=purpose, version=version, at=at)
    audit.record("account.opened", of=user, by=user, kind=contact.kind)
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: User, at, keep: str = "") -> None:
    """From now on this password counts, and all sessions but the one with key ``keep`` end. All ways to reach her are told."""
    user.set_password(password)
    user.save(update_fields=["password"])
    user.sessions.exclude(session_key=keep).delete()
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


@transaction.atomic
def rename(*, user: User, nickname: str, by: User) -> None:
    """This is how she is called on the site from now on; nothing for nothing in particular."""
    if user.nickname != nickname:
        user.nickname = nickname
        user.save(update_fields=["nickname"])
        audit.record("account.renamed", of=user, by=by)


def prove(*, user: User, contact: Contact, at) -> None:
    """She proved that this contact of hers is hers; the first time counts."""
    hers = User.objects.filter(pk=user.pk, **{contact.kind.value: contact.address, contact.verified_at: None})
    hers.update(**{contact.verified_at: at})


@transaction.atomic
def change_contact(*, user: User, contact: Contact, by: User, at) -> None:
    """She is known by this contact from now on, which she has proved. The old ways hear of it. Raises Taken."""
    told, user = contacts.of(user), User.objects.select_for_update().get(pk=user.pk)
    is_new = str(getattr(user, contact.kind.value) or "") != contact.address
    setattr(user, contact.kind.value, contact.address)
    setattr(user, contact.verified_at, at)
    try:
        with transaction.atomic():
            user.save(update_fields=[contact.kind.value, contact.verified_at])
    except IntegrityError:
        raise Taken from None
    audit.record("account.contact_changed" if is_new else "account.contact_verified", of=user, by=by, kind=contact.kind)
    if is_new:
        tell(
            user,
            told,
            cause=f"contact:{user.pk}:{at.timestamp()}",
            subject=_("You are reached another way now"),
            body=notices.saying(
                _("Your account now uses %(contact)s. If this was not you, write to us at once."),
                contact=contact.masked,
            ),
        )


@transaction.atomic
def end_session(*, session: Session, by: User) -> None:
    """Whoever sits there has to sign in again."""
    session.delete()
    audit.record("account.session_ended", of=by, by=by)


@transaction.atomic
def end_other_sessions(*, user: User, keep: str) -> int:
    """All but the one with the key ``keep``; returns how many there were."""
    ended, _rows = user.sessions.exclude(session_key=keep).delete()
    audit.record("account.sessions_ended", of=user, by=user, n=ended)
    return ended


def tell(user: User, told: list[Contact], *, cause: str, subject, body) -> None:
    """On the site and by every given way, whatever ways she chose for news of orders: this is about her safety. She did
    it herself as a rule, so that it leaves the site in the language she reads."""
    addresses = {Channel.IN_APP: f"user:{user.pk}"} | {CHANNELS[each.kind]: each.address for each in told}
    notices.write(
        addresses,
        user=user,
        cause=cause,
        subject=subject,
        body=body,
        link="",
        kind=NoticeKind.SAFETY,
        language=get_language() or "",
    )
