"""What a buyer types on her own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.address.forms import AddressForm


class BookForm(AddressForm):
    """An address of her book."""

    label = forms.CharField(
        label=_("Label"),
        max_length=20,
        required=False,
        help_text=_("Such as home, work or parents."),
        error_messages={"max_length": _("Please keep the label within 20 characters.")},
    )
    usual = forms.BooleanField(label=_("Set as default"), required=False)
    paste = forms.CharField(max_length=2000, required=False)

    @staticmethod
    def initial_of(address) -> dict[str, str]:
        more = {"label": address.label, "usual": address.is_default_for_shipping}
        return AddressForm.initial_of(address) | more
