"""Passwords forgotten and changed."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import guard, limits
from ..models import OneTimeCode, User
from ..visitors import address_of
from .fields import CodeForm, ContactField, NewPasswordField, accept_password, password_field


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


class OwnPasswordForm(forms.Form):
    """Something that needs the password she has: ``request`` says who she is."""

    current = password_field(_("Your password now"))

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_current(self):
        try:
            right = guard.is_she(
                user=self.request.user,
                password=self.cleaned_data["current"],
                visitor=address_of(self.request),
                at=timezone.now(),
            )
        except limits.TooMany as refusal:
            raise forms.ValidationError(refusal.for_people) from refusal
        if not right:
            raise forms.ValidationError(_("This is not your password."))
        return self.cleaned_data["current"]


class ChangePasswordForm(OwnPasswordForm):
    """From the password she has to a new one."""

    password = NewPasswordField()

    def clean(self):
        super().clean()
        typed = self.cleaned_data
        accept_password(self, "password", self.request.user)
        return typed
