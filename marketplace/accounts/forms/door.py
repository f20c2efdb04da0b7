"""Coming in: by password, by code, and for the first time."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import guard, limits
from ..contacts import Contact
from ..models import OneTimeCode, User
from ..visitors import address_of
from .fields import NAME_MARKS, CodeForm, NewPasswordField, accept_password, password_field


class PasswordForm(forms.Form):
    """A name and a password; ``user`` is who they belong to. One answer for a wrong name and a wrong password."""

    name = forms.CharField(
        label=_("Mobile number or e-mail address"),
        max_length=254,
        error_messages={"required": _("Please write your mobile number or e-mail address.")},
        widget=forms.TextInput(attrs=NAME_MARKS | {"autocomplete": "username"}),
    )
    password = password_field()

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self):
        super().clean()
        typed = self.cleaned_data
        if not self.errors:
            self.user = self.known(typed)
            if self.user is None:
                raise forms.ValidationError(
                    _("Name and password do not belong together. Please check both, or use a verification code.")
                )
        return typed

    def known(self, typed) -> User | None:
        try:
            return guard.who(
                name=typed["name"],
                password=typed["password"],
                request=self.request,
                visitor=address_of(self.request),
                at=timezone.now(),
            )
        except limits.TooMany as refusal:
            raise forms.ValidationError(refusal.for_people) from refusal


class DoorCodeForm(CodeForm):
    """Coming in without a password."""

    purpose = OneTimeCode.Purpose.DOOR


class SignUpForm(CodeForm):
    """A new account. Who has just ``proven`` a contact by a code is not asked for it again."""

    purpose = OneTimeCode.Purpose.DOOR

    password = NewPasswordField(label=_("Password"))
    agreed = forms.BooleanField(
        error_messages={"required": _("Please read both texts and agree to them, or buy without an account.")}
    )

    def __init__(self, *args, proven: Contact | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.proven = proven
        if proven:
            del self.fields["name"], self.fields["code"]

    def look_closer(self) -> None:
        if self.contact:
            accept_password(self, "password", User(**{self.contact.kind.value: self.contact.address}))

    @property
    def contact(self) -> Contact | None:
        return self.proven or super().contact
