"""What buyers and sellers type about invoices."""

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from . import files
from .models import InvoiceRequest


class AskForm(forms.Form):
    """To whom, and where it goes. A company's number has to have the right check digit."""

    kind = forms.ChoiceField(
        label=_("Made out to"), choices=InvoiceRequest.Title.choices, widget=forms.RadioSelect, initial="person"
    )
    title = forms.CharField(
        label=_("Invoice title"),
        max_length=100,
        help_text=_("A person's name, or the company's full name."),
        error_messages={"required": _("Whose name should the invoice carry?")},
    )
    tax_number = forms.CharField(
        label=_("Tax number"),
        max_length=40,
        required=False,
        help_text=_("18 letters and digits; for companies and organisations only."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The invoice is sent here."),
        error_messages={"required": _("Where should the invoice be sent?")},
    )

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean(self):
        typed = dict(super().clean() or self.cleaned_data)
        number = uscc.compact(typed.get("tax_number") or "").upper()
        typed["tax_number"] = number if typed.get("kind") == InvoiceRequest.Title.COMPANY else ""
        if typed.get("kind") == InvoiceRequest.Title.COMPANY and not number:
            self.add_error("tax_number", _("A company's invoice needs its tax number."))
        elif typed["tax_number"] and not uscc.is_valid(number):
            self.add_error("tax_number", _("One character of this tax number seems wrong. Please check it."))
        return typed


class IssueForm(forms.Form):
    """The number of the invoice, and the invoice itself if it is a file."""

    number = forms.CharField(
        label=_("Invoice number"), max_length=40, error_messages={"required": _("Please type the invoice's number.")}
    )
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, OFD or a photo, up to 5 MB. The buyer can download it.")
    )

    def clean_number(self):
        return self.cleaned_data["number"].strip()

    def clean_file(self):
        if not self.cleaned_data["file"]:
            return None
        try:
            return files.safe_copy(self.cleaned_data["file"])
        except files.UnusableFile as refusal:
            raise forms.ValidationError(refusal.for_people) from refusal


class DeclineForm(forms.Form):
    """Why there will be no invoice."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please tell the buyer why.")},
    )
