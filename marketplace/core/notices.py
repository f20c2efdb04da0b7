"""Telling people: one message per fact and chosen way, from rows that a worker sends and retries."""

import logging
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from .models import Channel, Notice, NoticeKind, NoticePreference
from .tasks import task

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5


def tell(*, user, cause: str, subject: str, body: str, link: str = "", kind: NoticeKind = NoticeKind.ORDER) -> None:
    """Tell a user of ``cause`` (a name unique to the fact) on the site and by the other ways she chose for this kind."""
    preference = getattr(user, "notice_preference", None) or NoticePreference()
    addresses = {Channel.IN_APP: f"user:{user.pk}"}
    if kind in preference.by_email and user.email:
        addresses[Channel.EMAIL] = user.email
    if kind in preference.by_sms and user.mobile:
        addresses[Channel.SMS] = user.mobile.as_e164
    write(addresses, user=user, cause=cause, subject=subject, body=body, link=link, kind=kind)


def tell_guest(*, email: str, cause: str, subject: str, body: str, link: str = "") -> None:
    """Tell a buyer without an account, by the e-mail address she left for it."""
    if email:
        write({Channel.EMAIL: email}, user=None, cause=cause, subject=subject, body=body, link=link)


def write(
    addresses: dict, *, user, cause: str, subject: str, body: str, link: str, kind: NoticeKind = NoticeKind.ORDER
) -> None:
    """One row per way; a second call for the same cause adds nothing."""
    now = timezone.now()
    Notice.objects.bulk_create(
        [
            Notice(
                user=user,
                channel=channel,
                kind=kind,
                address=address,
                cause=cause,
                subject=subject,
                body=body,
                link=link,
                sent_at=now if channel == Channel.IN_APP else None,
            )
            for channel, address in addresses.items()
        ],
        ignore_conflicts=True,
    )
    if set(addresses) - {Channel.IN_APP}:
        transaction.on_commit(partial(send_notices_of.enqueue, cause))


@task()
def send_notices_of(cause: str) -> None:
    """Send what was written for one cause."""
    for notice in Notice.objects.filter(cause=cause, sent_at=None, attempts__lt=MOST_ATTEMPTS):
        send(notice)


def send_outstanding(limit: int = 200) -> int:
    """Send what an earlier try left behind; returns how many were tried."""
    waiting = list(Notice.objects.filter(sent_at=None, attempts__lt=MOST_ATTEMPTS).order_by("id")[:limit])
    for notice in waiting:
        send(notice)
    return len(waiting)


def send(notice: Notice) -> None:
    """One try through the notice's channel; a failure is noted and tried again."""
    notice.attempts += 1
    try:
        if notice.channel == Channel.EMAIL:
            send_mail(notice.subject, full_text(notice), None, [notice.address])
        elif notice.channel == Channel.SMS:
            import_string(settings.SMS_PROVIDER)().send(notice.address, f"{notice.subject} {notice.body}")
        notice.sent_at, notice.last_error = timezone.now(), ""
    except Exception as error:
        logger.exception("notice %s could not be sent", notice.pk)
        notice.last_error = type(error).__name__
    notice.save(update_fields=["attempts", "sent_at", "last_error"])


def full_text(notice: Notice) -> str:
    """The body with the full address of the page it speaks of."""
    return f"{notice.body}\n\n{settings.SITE_URL}{notice.link}" if notice.link else notice.body
