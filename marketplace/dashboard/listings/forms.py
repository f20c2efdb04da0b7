"""What a reviewer looks for, and what she says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.offering.models import Verdict


class DecisionForm(forms.Form):
    """A verdict; whoever does not approve says why, in words the seller can act on. Words that promise too much are
    approved by nobody who has not said that they were read."""

    verdict = forms.ChoiceField(
        choices=Verdict.choices, error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose one."))
    )
    note = forms.CharField(
        label=_("Note to the seller"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )

    has_read = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"}))

    def __init__(self, *args, doubtful: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        if doubtful:
            said = _("I have read these words and let them stand: %(words)s")
            self.fields["has_read"].label = said % {"words": "、".join(doubtful)}
        else:
            del self.fields["has_read"]

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.pop("has_read", True) is False and cleaned.get("verdict") == Verdict.APPROVE:
            self.add_error("has_read", _("Please tick this to approve it, or ask the seller to change the words."))
        if cleaned.get("verdict") != Verdict.APPROVE and not cleaned.get("note", "").strip():
            self.add_error("note", _("Please write what the seller should change, or why it cannot be sold."))
        return cleaned


class GoodsSearch(forms.Form):
    """Goods by their title or their shop."""

    q = forms.CharField(label=_("Product title or seller"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All")),
            ("on", _("On sale")),
            ("off", _("Off the shelf")),
            ("halted", _("Taken off by the marketplace")),
        ],
    )


class HaltForm(forms.Form):
    """Why goods are taken off the shelf, in words the seller can act on."""

    reason = forms.CharField(
        label=_("Reason, as the seller will read it"),
        max_length=300,
        error_messages={"required": _("Please write what is wrong with it.")},
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )
