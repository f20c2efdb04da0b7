"""A day, picked from the phone's own calendar, or nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """Typed as 2026-11-30; empty means there is none."""

    def __init__(self, **options):
        super().__init__(
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": _("Please write a day like 2026-11-30.")},
            **options,
        )
