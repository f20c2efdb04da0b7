"""What staff type about sales."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.matching.forms import SheetForm, places_of
from marketplace.core.forms import WITHIN_REACH, DaysInOrder

from .figures import Asked, week_of
from .models import RawPrice
from .states import IMPORTED, SalesChannel

USUAL_DAYS = 182


class FiguresSift(DaysInOrder):
    """Which days and channels to add up; days that make no sense are named, and answered with the last half year.

    The half year begins on a Monday, so that days, weeks and whole weeks of one page begin together.
    """

    backwards = _("This is before the first day. Shown is the last half year instead.")
    since = forms.DateField(
        label=_("From"),
        required=False,
        validators=WITHIN_REACH,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        validators=WITHIN_REACH,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    channel = forms.ChoiceField(
        label=_("Sales channel"), required=False, choices=[("", _("All")), *SalesChannel.choices]
    )

    @property
    def asked(self) -> Asked:
        """Days and channel to use."""
        days = self.cleaned_data if self.is_valid() else {}
        until = days.get("until") or timezone.localdate()
        since = days.get("since") or week_of(until - timedelta(days=USUAL_DAYS))
        return Asked(min(since, until), until, self.cleaned_data.get("channel") or "" if self.is_bound else "")


class RawPriceForm(forms.ModelForm):
    """What a raw good is worth at the field, on a day, by some source."""

    area = forms.ChoiceField(label=_("Place"))
    yield_percent = forms.DecimalField(
        label=_("Yield (%)"),
        min_value=1,
        max_value=100,
        decimal_places=1,
        initial=100,
        help_text=_("How much of the good comes from 100 kg of the raw one; rice from paddy about 65."),
    )

    class Meta:
        model = RawPrice
        fields = ["price", "yield_percent", "as_of", "source", "area"]
        widgets = {"as_of": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"source": _("Who says so: a market, a purchase list, a survey.")}

    def __init__(self, *args, user, **kwargs):
        kwargs.setdefault("initial", {"as_of": timezone.localdate()})
        super().__init__(*args, **kwargs)
        choices = [(area.code, area.display_name) for area in places_of(user)]
        self.fields["area"] = forms.ChoiceField(label=_("Place"), choices=choices)

    def clean_as_of(self):
        if self.cleaned_data["as_of"] > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return self.cleaned_data["as_of"]

    def clean_price(self):
        if self.cleaned_data["price"] <= 0:
            raise forms.ValidationError(_("A price is more than nothing."))
        return self.cleaned_data["price"]


class SalesFileForm(SheetForm):
    """A file of one account."""

    channel = forms.ChoiceField(
        label=_("Sales channel"), choices=[(channel.value, channel.label) for channel in IMPORTED]
    )
    name = forms.CharField(label=_("Name of the shop on this channel"), max_length=80)
    area = forms.ChoiceField(label=_("Place"))
    field_order = ("channel", "name", "area", "file")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(area.code, area.display_name) for area in places_of(user)]
        self.fields["area"] = forms.ChoiceField(label=_("Place"), choices=choices)
