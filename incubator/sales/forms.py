"""What staff type about sales."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.matching.forms import SheetForm, places_of
from marketplace.core import areas
from marketplace.core.text import is_english

from .figures import Asked
from .states import IMPORTED, SalesChannel

USUAL_DAYS = 182


class FiguresSift(forms.Form):
    """Which days and channels to add up; a question that makes no sense is answered with the last half year."""

    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    channel = forms.ChoiceField(
        label=_("Sales channel"), required=False, choices=[("", _("All")), *SalesChannel.choices]
    )

    @property
    def asked(self) -> Asked:
        """Days and channel to use."""
        cleaned = self.cleaned_data if self.is_valid() else {}
        until = cleaned.get("until") or timezone.localdate()
        since = cleaned.get("since") or until - timedelta(days=USUAL_DAYS)
        return Asked(min(since, until), until, cleaned.get("channel") or "")


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
        choices = [(area.code, name_of(area)) for area in places_of(user)]
        self.fields["area"] = forms.ChoiceField(label=_("Place"), choices=choices)


def name_of(area: areas.Area) -> str:
    return area.name_en if is_english() else area.name
