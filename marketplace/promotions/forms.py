"""What people type about promotions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class VoucherForm(forms.Form):
    """A voucher's code, as somebody read it somewhere."""

    voucher = forms.CharField(
        label=_("Voucher code"),
        max_length=60,
        required=False,
        error_messages={"max_length": _("There is no voucher with this code. Please check how it is written.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
