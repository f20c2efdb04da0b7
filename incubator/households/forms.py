"""What staff type about households."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from incubator.matching.forms import places_of
from incubator.matching.words import place
from incubator.members.models import Cooperative

from .models import HouseholdLink

IDENTITY = RegexValidator(r"^\s*\d{17}[\dXx]\s*$", _("An identity number has 18 digits; the last may be X."))
PURPOSES = (
    ("request", _("The household asked for its data")),
    ("audit", _("Audit")),
    ("visit", _("Visit to the household")),
)


class HouseholdForm(forms.Form):
    """A household that agreed to be recorded."""

    cooperative = forms.ModelChoiceField(Cooperative.objects.none(), label=_("Cooperative"))
    kind = forms.ChoiceField(label=_("Kind of link"), choices=HouseholdLink.Kind.choices)
    since = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    area = forms.ChoiceField(label=_("Place"))
    name = forms.CharField(label=_("Head of household"), max_length=40)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    identity_number = forms.CharField(label=_("Identity number"), max_length=20, required=False, validators=[IDENTITY])
    people = forms.IntegerField(label=_("People"), min_value=1, max_value=60, required=False)
    agreed = forms.BooleanField(
        label=_("The household has signed its consent to be recorded for counting who is linked to which cooperative"),
        error_messages={"required": _("Without the household's consent nothing about it may be recorded.")},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Cooperative.objects.for_staff(user).active()
        self.fields["cooperative"] = forms.ModelChoiceField(mine, label=_("Cooperative"))
        choices = [(area.code, place(area.code)) for area in places_of(user)]
        self.fields["area"] = forms.ChoiceField(label=_("Place"), choices=choices)
        for name in ("name", "phone", "identity_number"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class ExportForm(forms.Form):
    """Why the data leave the house."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=PURPOSES)
