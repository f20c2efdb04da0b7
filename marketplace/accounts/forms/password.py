"""Passwords forgotten, and set anew."""

from django import forms

from ..models import OneTimeCode, User
from .fields import CodeForm, ContactField, NewPasswordField, accept_password


class ForgottenForm(forms.Form):
    """Whose password is to be set anew."""

    name = ContactField()


class PasswordByCodeForm(CodeForm):
    """A new password for the account of a number, proved by a code."""

    purpose = OneTimeCode.Purpose.PASSWORD

    password = NewPasswordField()

    def look_closer(self) -> None:
        if self.contact:
            accept_password(self, "password", User(**{self.contact.kind.value: self.contact.address}))


class PasswordByLinkForm(forms.Form):
    """A new password for who came by the link in a mail."""

    password = NewPasswordField()

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        super().clean()
        typed = self.cleaned_data
        accept_password(self, "password", self.user)
        return typed
