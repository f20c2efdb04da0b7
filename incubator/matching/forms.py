"""What staff type about fairs."""

from __future__ import annotations

from pathlib import PurePath

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from incubator import shell
from marketplace.core import areas
from marketplace.core.tables import MOST_BYTES

from . import listing
from .models import Fair, Override
from .words import place

ENDINGS = (".csv", ".xlsx")


class FairForm(forms.ModelForm):
    """A fair as staff plan it, at one of their places."""

    area = forms.ChoiceField(label=_("Place"))

    class Meta:
        model = Fair
        fields = ("name", "name_en", "area", "held_on", "venue")
        widgets = {"held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {
            NON_FIELD_ERRORS: {
                "unique_together": _("A fair of this name is planned at that place on that day already.")
            }
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(area.code, place(area.code)) for area in places_of(user)]
        self.fields["area"] = forms.ChoiceField(label=_("Place"), choices=choices)


def places_of(user) -> list[areas.Area]:
    """Where this person may hold a fair: her places, and what lies directly below; for everywhere, all cities."""
    found: list[areas.Area] = []
    for stem in shell.places(user):
        tops = [areas.get(stem)] if stem else [city for each in areas.children() for city in areas.children(each.code)]
        for area in tops:
            below = areas.children(area.code) if stem and area.level < areas.Level.COUNTY else ()
            found += [area, *below]
    return found


class SheetForm(forms.Form):
    """A spreadsheet to look at."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV or XLSX. You will see what it would change before anything is saved."),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError(_("Please choose a .csv or .xlsx file."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 50 MB. Please split it."))
        return file


class PairSift(forms.Form):
    """Which pairs of a run to show."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=60)
    county = forms.ChoiceField(label=_("Place"), required=False)
    view = forms.ChoiceField(required=False, choices=[(view, view) for view in listing.VIEWS], widget=forms.HiddenInput)
    weak = forms.BooleanField(label=_("Priority-support cooperatives only"), required=False)

    def __init__(self, *args, counties: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("All")), *((code, place(code)) for code in counties)]
        self.fields["county"] = forms.ChoiceField(label=_("Place"), required=False, choices=choices)


class TimetableForm(forms.Form):
    """How much room the fair has."""

    tables = forms.IntegerField(label=_("Tables"), min_value=1, max_value=500)
    slots = forms.IntegerField(label=_("Rounds"), min_value=1, max_value=100)
    begins = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes a round"), min_value=5, max_value=240)


class OverrideForm(forms.Form):
    """A pin or a ban, and why."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Override.Kind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), validators=[MaxLengthValidator(200)], help_text=_("Only staff read it."), max_length=200
    )
