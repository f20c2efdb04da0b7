"""What a reviewer says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.offering.models import Verdict


class DecisionForm(forms.Form):
    """A verdict; whoever does not approve says why, in words the seller can act on."""

    verdict = forms.ChoiceField(
        choices=Verdict.choices, error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose one."))
    )
    note = forms.CharField(
        label=_("Note to the seller"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("verdict") != Verdict.APPROVE and not cleaned.get("note", "").strip():
            self.add_error("note", _("Please write what the seller should change, or why it cannot be sold."))
        return cleaned
