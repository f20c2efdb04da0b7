"""One-time codes that prove a number or an address is somebody's: six digits, ten minutes, five tries, one use.

A code is good for the purpose it was sent for and for nothing else. Whether the contact has an account makes no
difference here, so nobody learns it by asking for codes.
"""

import secrets
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from marketplace.core.encryption import blind_index

from . import limits, sms
from .contacts import Contact, Kind
from .models import OneTimeCode

DIGITS = 6
GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5


class NotSent(Exception):
    """The code could not be sent; ``for_people`` says what to do instead."""

    @property
    def for_people(self) -> str:
        return _("The code could not be sent just now. Please try again later or another way.")


def send(*, to: Contact, purpose: OneTimeCode.Purpose, visitor: str, at: datetime) -> None:
    """Send a fresh code; earlier ones for the same purpose are void. Raises limits.TooMany and NotSent.

    Talks to the outside: not to be called inside a transaction.
    """
    limits.take(
        (limits.CODE_VISITOR, visitor),
        (limits.CODE_DAY, to.address),
        (limits.CODE_HOUR, to.address),
        (limits.CODE_PAUSE, to.address),
        at=at,
    )
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    OneTimeCode.objects.create(
        address=to.address, purpose=purpose, code_hash=mark(to, purpose, code), sent_at=at, expires_at=at + GOOD_FOR
    )
    deliver(to, code)


def deliver(to: Contact, code: str) -> None:
    """By text message or e-mail, in the reader's language."""
    words = _("%(code)s is your Yanxing verification code, good for 10 minutes. Give it to nobody, not even to us.")
    try:
        if to.kind is Kind.MOBILE:
            sms.send(to.address, words % {"code": code})
        else:
            send_mail(_("Your verification code"), words % {"code": code}, None, [to.address])
    except (sms.NotSent, SMTPException, OSError) as error:
        raise NotSent from error


@transaction.atomic
def check(*, to: Contact, purpose: OneTimeCode.Purpose, code: str, at: datetime) -> bool:
    """True once for the latest code, while it is good; a wrong one costs a try."""
    sent = (
        OneTimeCode.objects.select_for_update()
        .filter(address=to.address, purpose=purpose)
        .order_by("-sent_at", "-pk")
        .first()
    )
    if sent is None or sent.used_at or sent.expires_at <= at or sent.tries >= MOST_TRIES:
        return False
    sent.tries += 1
    if constant_time_compare(sent.code_hash, mark(to, purpose, code)):
        sent.used_at = at
    sent.save(update_fields=["tries", "used_at"])
    return sent.used_at is not None


def mark(to: Contact, purpose: str, code: str) -> str:
    """What is kept of a code: tells nothing without the key, though there are only a million codes."""
    return blind_index(f"{purpose}:{to.address}:{code}")
