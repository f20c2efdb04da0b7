"""From which day to which: months, quarters, and days a person types."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.forms import WITHIN_REACH

LONGEST = 366


@dataclass(frozen=True, order=True)
class Period:
    """Whole days of our time zone, both ends included."""

    since: date
    until: date

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.since, time.min))

    @property
    def ends(self) -> datetime:
        """The first moment that no longer belongs to it."""
        return timezone.make_aware(datetime.combine(self.until + timedelta(days=1), time.min))

    @property
    def query(self) -> str:
        """How an address names it."""
        return f"since={self.since:%Y-%m-%d}&until={self.until:%Y-%m-%d}"

    @property
    def month_before(self) -> Period:
        return month_of(self.since.replace(day=1) - timedelta(days=1))

    @property
    def month_after(self) -> Period:
        return month_of(month_of(self.since).until + timedelta(days=1))


def month_of(day: date) -> Period:
    """The month a day lies in."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    first = (day.month - 1) // 3 * 3 + 1
    return Period(date(day.year, first, 1), month_of(date(day.year, first + 2, 1)).until)


class PeriodForm(forms.Form):
    """The days a statement is for; without any it is this month."""

    since = forms.DateField(
        label=_("First day"),
        required=False,
        validators=WITHIN_REACH,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        validators=WITHIN_REACH,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["invalid"] = _("Please give a day, such as 2026-11-05.")

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day lies before the first."))
        elif since and until and (until - since).days >= LONGEST:
            self.add_error("until", _("A statement covers a year at most."))
        return self.cleaned_data

    @property
    def period(self) -> Period:
        """What was asked for; this month where nothing right was."""
        typed = self.cleaned_data if self.is_valid() else {}
        since, until = typed.get("since"), typed.get("until")
        if since and until:
            return Period(since, until)
        return month_of(since or until or timezone.localdate())
