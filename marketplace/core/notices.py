"""Telling people: one message per fact and chosen way, from rows that a worker sends and retries.

Words come lazily (``gettext_lazy``, or ``saying`` where they hold values): a notice is kept in every language of the
site and read in the reader's, whatever language whoever caused it was reading.
"""

import logging
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.module_loading import import_string

from .models import Channel, Notice, NoticeKind, NoticePreference
from .tasks import task

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5


def filled(words, values: dict) -> str:
    return str(words) % {name: value() if callable(value) else value for name, value in values.items()}


later = lazy(filled, str)


def saying(words, **values):
    """Lazy ``words`` with values, said anew in each language. A value that reads otherwise there is given as a function."""
    return later(words, values)


def tell(
    *, user, cause: str, subject, body, link: str = "", kind: NoticeKind = NoticeKind.ORDER, language: str = ""
) -> None:
    """Tell a user of ``cause`` (a name unique to the fact) on the site and by the other ways she chose for this kind.

    What leaves the site is in ``language``, or in the site's first one.
    """
    preference = getattr(user, "notice_preference", None) or NoticePreference()
    addresses = {Channel.IN_APP: f"user:{user.pk}"}
    if kind in preference.by_email and user.email:
        addresses[Channel.EMAIL] = user.email
    if kind in preference.by_sms and user.mobile:
        addresses[Channel.SMS] = user.mobile.as_e164
    write(addresses, user=user, cause=cause, subject=subject, body=body, link=link, kind=kind, language=language)


def tell_guest(*, email: str, cause: str, subject, body, link: str = "", language: str = "") -> None:
    """Tell a buyer without an account, by the e-mail address she left for it."""
    if email:
        message = {"subject": subject, "body": body, "link": link, "language": language}
        write({Channel.EMAIL: email}, user=None, cause=cause, **message)


def write(
    addresses: dict,
    *,
    user,
    cause: str,
    subject,
    body,
    link: str,
    kind: NoticeKind = NoticeKind.ORDER,
    language: str = "",
) -> None:
    """One row per way; a second call for the same cause adds nothing."""
    now = timezone.now()
    words = in_each_language(subject, body)
    first_subject, first_body = words.get(language) or words[settings.LANGUAGE_CODE]
    Notice.objects.bulk_create(
        [
            Notice(
                user=user,
                channel=channel,
                kind=kind,
                address=address,
                cause=cause,
                subject=first_subject,
                body=first_body,
                words=words,
                link=link,
                sent_at=now if channel == Channel.IN_APP else None,
            )
            for channel, address in addresses.items()
        ],
        ignore_conflicts=True,
    )
    if set(addresses) - {Channel.IN_APP}:
        transaction.on_commit(partial(send_notices_of.enqueue, cause))


def in_each_language(subject, body) -> dict[str, list[str]]:
    """Subject and body by the language's code."""
    longest = Notice._meta.get_field("subject").max_length
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = [str(subject)[:longest], str(body)]
    return words


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
