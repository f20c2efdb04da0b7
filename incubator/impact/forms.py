"""What staff type about snapshots."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.matching.forms import places_of
from incubator.matching.words import place


class SnapshotForm(forms.Form):
    """Of which place and days."""

    area = forms.ChoiceField(label=_("Place"))
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, user, **kwargs):
        today = timezone.localdate()
        kwargs.setdefault("initial", {"since": date(today.year, 1, 1), "until": today})
        super().__init__(*args, **kwargs)
        choices = [(area.code, place(area.code)) for area in places_of(user)]
        self.fields["area"] = forms.ChoiceField(label=_("Place"), choices=choices)

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("It cannot end before it begins."))
        return cleaned
