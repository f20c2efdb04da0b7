"""Numbers as people type them on a phone: ５９．９, ¥59.9, 59.9 元."""

import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

_WORDS = re.compile(r"^[¥￥]|(?:元|斤|公斤|kg|g|件|袋|箱)$", re.IGNORECASE)


def narrow(typed: str) -> str:
    """Digits of any width as plain ones, without the unit that was typed along."""
    text = unicodedata.normalize("NFKC", typed).strip().replace(",", "")
    return _WORDS.sub("", text).strip()


class TypedDecimal(forms.DecimalField):
    """A decimal number; a text field with a number pad, because a number field would throw away what it does not like."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 12})

    def to_python(self, value):
        return super().to_python(narrow(value) if isinstance(value, str) else value)


class TypedInteger(forms.IntegerField):
    """A whole number, typed in a text field."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 9})

    def to_python(self, value):
        return super().to_python(narrow(value) if isinstance(value, str) else value)


class ChipChoice(forms.TypedChoiceField):
    """One of a few, as chips."""

    widget = forms.RadioSelect

    def __init__(self, **options):
        options.setdefault("error_messages", {"required": _("Please choose one.")})
        super().__init__(**options)
