"""An address copied from somewhere: taken in, read, and what to say about it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.forms import first_error

from .parsing import LONGEST, ParsedAddress, parse

ALL_PARTS = 4
"""Name, mobile number, place, way to the door."""


class PasteForm(forms.Form):
    """An address copied from somewhere."""

    paste = forms.CharField(
        label=gettext_lazy("Paste an address to fill in"),
        max_length=LONGEST,
        strip=True,
        error_messages={"max_length": gettext_lazy("Please paste only the address, at most 500 characters.")},
    )


def read(data) -> tuple[dict[str, str], str]:
    """What a posted form holds in ``paste``, as values of an AddressForm, and what the person should look at."""
    form = PasteForm(data)
    if not form.is_valid():
        return {}, first_error(form)
    found = filled_in(parse(form.cleaned_data["paste"]))
    return found, words_about(found)


def filled_in(parsed: ParsedAddress) -> dict[str, str]:
    """What was read in a pasted address, as values of the form; what is missing is not in it."""
    found = {"name": parsed.name, "mobile": parsed.mobile, "area": parsed.area_code, "detail": parsed.detail}
    return {field: value for field, value in found.items() if value}


def words_about(found: dict[str, str]) -> str:
    """What she should look at after her pasted address was read."""
    if len(found) < ALL_PARTS:
        return _("Not everything could be read. Please fill in what is missing and check the rest.")
    return _("Filled in. Please check it before you submit.")
