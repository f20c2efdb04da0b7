"""Fields several forms share, and the form that proves a contact by a code."""

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import codes, contacts
from ..models import OneTimeCode, User

NAME_MARKS = {"autocapitalize": "none", "spellcheck": "false"}


class ContactField(forms.CharField):
    """A mobile number or an e-mail address, as a Contact."""

    default_error_messages = {
        "required": _("Please write your mobile number or e-mail address."),
        "invalid": _("This is neither a mobile number nor an e-mail address. Please check it."),
    }

    def __init__(self, *, read=contacts.read, **kwargs):
        marks = NAME_MARKS | {"autocomplete": "username"}
        kwargs.setdefault("label", _("Mobile number or e-mail address"))
        super().__init__(max_length=254, widget=forms.TextInput(attrs=marks), **kwargs)
        self.read = read

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        contact = self.read(typed)
        if contact is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return contact


class NewPasswordField(forms.CharField):
    """A password to be; the form checks it with ``accept_password`` once it knows whose it is."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("New password"))
        super().__init__(
            max_length=128,
            strip=False,
            help_text=_("At least 8 characters, not only digits."),
            error_messages={"required": _("Please choose a password.")},
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            **kwargs,
        )


def password_field(label="") -> forms.CharField:
    """The password she has."""
    return forms.CharField(
        label=label or _("Password"),
        max_length=128,
        strip=False,
        error_messages={"required": _("Please write your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def accept_password(form: forms.Form, name: str, user: User) -> None:
    """Put what is wrong with the password in ``form.cleaned_data[name]`` beside its field."""
    if form.cleaned_data.get(name):
        try:
            password_validation.validate_password(form.cleaned_data[name], user)
        except forms.ValidationError as refusal:
            form.add_error(name, refusal)


class CodeForm(forms.Form):
    """A contact and the code that was sent there. With ``asking`` only the contact counts: a code is wanted, not given."""

    purpose: OneTimeCode.Purpose

    name = ContactField()
    code = forms.CharField(
        label=_("Verification code"),
        max_length=12,
        error_messages={"required": _("Please write the code we sent you.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args, asking: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.asking = asking
        if asking:
            for name, field in self.fields.items():
                field.required = field.required and name == "name"

    def clean(self):
        """The code comes last: it is spent only when everything else is right."""
        super().clean()
        typed = self.cleaned_data
        if not self.asking:
            self.look_closer()
            if not self.errors and "code" in self.fields and not self.proves():
                self.add_error("code", _("The code is wrong or too old. Please check it or get a new one."))
        return typed

    def look_closer(self) -> None:
        """What a form of its own wants beyond its fields."""

    def proves(self) -> bool:
        if self.contact is None:
            return False
        digits = "".join(self.cleaned_data["code"].split())
        return codes.check(to=self.contact, purpose=self.purpose, code=digits, at=timezone.now())

    @property
    def contact(self) -> contacts.Contact | None:
        """Where the code goes or went."""
        return self.cleaned_data.get("name")
