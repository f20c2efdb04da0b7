"""The second factor: its codes, and the password where something about it is changed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import password_field
from .security import check_password


class SecondForm(forms.Form):
    """A code of the app, or one from the paper."""

    code = forms.CharField(
        label=_("Code of the app, or a recovery code"),
        max_length=30,
        error_messages={"required": _("Please write the code your app shows.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class SetUpForm(forms.Form):
    """The first code of an app, and her password."""

    code = forms.CharField(
        label=_("Code the app shows"),
        max_length=12,
        error_messages={"required": _("Please write the code your app shows.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    password = password_field()

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self):
        """The password is tried once the rest is there."""
        super().clean()
        if not self.errors:
            check_password(self, "password", self.request)
        return self.cleaned_data
