"""What people type about a parcel."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import carriers
from .carriers import Carrier

LONGEST_TYPED = 80
"""Numbers come pasted with blanks in between."""


class TrackingForm(forms.Form):
    """A tracking number, typed, pasted or scanned. The courier is guessed from it where none is chosen.

    A number that looks like another courier's is fine; ``doubt`` says so.
    """

    tracking_number = forms.CharField(
        label=gettext_lazy("Tracking number"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Please type, paste or scan the number on the label.")},
    )
    carrier = forms.ChoiceField(
        label=gettext_lazy("Courier"),
        required=False,
        choices=[("", gettext_lazy("Guess it from the number")), *Carrier.choices],
        widget=forms.Select(attrs={"data-carrier": ""}),
    )

    def clean_tracking_number(self) -> str:
        number = carriers.cleaned(self.cleaned_data["tracking_number"])
        if not carriers.is_number(number):
            raise forms.ValidationError(_("A tracking number has 8 to 30 letters, digits and hyphens."))
        return number

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        number = typed.get("tracking_number")
        if number and not typed.get("carrier") and "carrier" not in self.errors:
            self.take_guess(number)
        return typed

    def take_guess(self, number: str) -> None:
        """Fill in the likely courier, or ask for it."""
        likely = carriers.guess(number)
        if likely is None:
            self.add_error("carrier", _("We cannot tell the courier from this number. Please choose it."))
        else:
            self.cleaned_data["carrier"] = likely.value

    @property
    def doubt(self) -> str:
        """Worth a second look, never a reason to refuse; empty if number and courier go together."""
        number, carrier = self.cleaned_data["tracking_number"], self.cleaned_data["carrier"]
        likely = carriers.guess(number)
        if likely is None or not carriers.is_unusual(carrier, number):
            return ""
        return _("The number looks like one of %(courier)s. If the courier is wrong, correct it here.") % {
            "courier": likely.label
        }
