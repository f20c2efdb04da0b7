"""What agreements remind people of, each once: the first order is late, 90 days are over, the end is near."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core import notices
from marketplace.core.models import NoticeKind
from marketplace.core.notices import saying

from .fulfilment import Fulfilment, fulfilment
from .models import Agreement
from .states import AgreementState

ENDS_WITHIN = timedelta(days=30)
IN_FORCE = (AgreementState.SIGNED, AgreementState.ACTIVE)


@dataclass(frozen=True)
class Reminder:
    """``cause`` names the fact, so that nobody is told twice."""

    agreement: Agreement
    cause: str
    subject: Promise
    body: Promise


def remind(today: date) -> int:
    """Tell both sides and the staff who drew an agreement up; returns how many facts there were. Safe to repeat."""
    binding = Agreement.objects.filter(state__in=IN_FORCE).select_related("by", "submitted_by")
    found = list(binding.prefetch_related("cooperative__users", "partner__users"))
    with translation.override(settings.LANGUAGE_CODE):  # which pages the links lead to
        due = [reminder for each in fulfilment(found).values() for reminder in reminders_of(each, today)]
        for reminder in due:
            tell(reminder)
    return len(due)


def reminders_of(stands: Fulfilment, today: date) -> Iterator[Reminder]:
    """What is due of one agreement."""
    agreement = stands.agreement
    if stands.first_on is None and stands.is_first_order_late(today):
        yield Reminder(
            agreement, f"agreement:{agreement.pk}:first_order", saying(_("No first order yet: %(goods)s"), goods=agreement.goods),
            saying(_("30 days have gone by; the first order was due by %(day)s."), day=said(agreement.first_order_due)),
        )  # fmt: skip
    if agreement.measured_until is not None and today > agreement.measured_until:
        yield Reminder(
            agreement, f"agreement:{agreement.pk}:90_days", saying(_("90 days are over: %(goods)s"), goods=agreement.goods),
            saying(
                _("%(kg)s kg of %(agreed)s kg were delivered (%(percent)s%%)."),
                kg=stands.grams_90 // 1000, agreed=agreement.volume_kg, percent=stands.percent_90,
            ),
        )  # fmt: skip
    if today <= agreement.ends_on <= today + ENDS_WITHIN:
        yield Reminder(
            agreement, f"agreement:{agreement.pk}:ends", saying(_("An agreement ends soon: %(goods)s"), goods=agreement.goods),
            saying(
                _("It ends on %(day)s. Delivered so far: %(percent)s%%."),
                day=said(agreement.ends_on), percent=stands.percent,
            ),
        )  # fmt: skip


def said(day: date | None) -> Callable[[], str]:
    """As the language that is switched on writes it."""
    return lambda: date_format(day, "SHORT_DATE_FORMAT") if day else ""


def tell(reminder: Reminder) -> None:
    """Both sides, and the two of the staff who know it; each person once."""
    agreement = reminder.agreement
    staff = {person for person in (agreement.by, agreement.submitted_by) if person is not None}
    for person in {*agreement.cooperative.users.all(), *agreement.partner.users.all(), *staff}:
        notices.tell(
            user=person, cause=reminder.cause, subject=reminder.subject, body=reminder.body,
            link=agreement.get_absolute_url(), kind=NoticeKind.TALK,
        )  # fmt: skip
