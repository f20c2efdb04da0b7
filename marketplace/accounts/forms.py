"""What people type to be known."""

from django import forms
from django.contrib.auth import authenticate
from django.utils.translation import gettext_lazy as _


class PasswordForm(forms.Form):
    """A name and a password; ``user`` is who they belong to. One answer for a wrong name and a wrong password."""

    name = forms.CharField(
        label=_("Mobile number or e-mail address"),
        max_length=254,
        error_messages={"required": _("Please write your mobile number or e-mail address.")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        error_messages={"required": _("Please write your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.user = request, None

    def clean(self):
        super().clean()
        typed = self.cleaned_data
        if not self.errors:
            self.user = authenticate(self.request, username=typed["name"], password=typed["password"])
            if self.user is None:
                raise forms.ValidationError(
                    _("Name and password do not belong together. Please check both, or use a verification code.")
                )
        return typed
