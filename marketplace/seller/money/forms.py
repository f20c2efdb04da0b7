"""Where the money should go."""

import re

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from stdnum import luhn


class BankAccountForm(forms.Form):
    """An account at a bank. Spaces in its number are taken out; a card's check digit has to be right."""

    holder = forms.CharField(
        label=_("Account holder"), max_length=60, error_messages={"required": _("Whose account is it?")}
    )
    bank = forms.CharField(
        label=_("Bank and branch"), max_length=80, error_messages={"required": _("At which bank and branch is it?")}
    )
    number = forms.CharField(
        label=_("Account number"),
        max_length=40,
        error_messages={"required": _("Please type the account number.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    agreed = forms.BooleanField(
        label=_("I agree that Yanxing keeps this account, encrypted, to pay me out."),
        error_messages={"required": _("Without your agreement we cannot keep the account.")},
    )

    def clean_number(self):
        number = re.sub(r"[\s-]", "", self.cleaned_data["number"])
        RegexValidator(r"^[0-9]{8,30}$", _("An account number has 8 to 30 digits."))(number)
        if number.startswith("62") and len(number) in range(16, 20) and not luhn.is_valid(number):
            raise forms.ValidationError(_("One digit of this card number seems wrong. Please check it."))
        return number
