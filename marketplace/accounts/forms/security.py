"""What somebody signed in types to keep her account safe: her password always, because a phone is soon borrowed."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import contacts, guard, limits
from ..contacts import Kind
from ..models import OneTimeCode, User
from ..visitors import address_of
from .fields import CodeForm, ContactField, NewPasswordField, accept_password, password_field

WRONG = _("This is not your password. Please try again; if you have forgotten it, sign out and set a new one.")


def check_password(form: forms.Form, name: str, request) -> None:
    """Complain beside the field if what stands there is not the password of who is signed in."""
    if form.cleaned_data.get(name):
        try:
            right = guard.is_hers(
                user=request.user, password=form.cleaned_data[name], visitor=address_of(request), at=timezone.now()
            )
        except limits.TooMany as refusal:
            form.add_error(name, refusal.for_people)
        else:
            if not right:
                form.add_error(name, WRONG)


class AskPasswordForm(forms.Form):
    """Nothing but her password, for what cannot be undone."""

    password = password_field()

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self):
        super().clean()
        check_password(self, "password", self.request)
        return self.cleaned_data


class ChangePasswordForm(forms.Form):
    """The old password and another one."""

    old = password_field(_("Present password"))
    password = NewPasswordField()

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self):
        """The old one is tried last: a weak new one costs no try."""
        super().clean()
        accept_password(self, "password", self.request.user)
        if not self.errors and self.cleaned_data["old"] == self.cleaned_data["password"]:
            self.add_error("password", _("This is the password you have. Please choose another one."))
        if not self.errors:
            check_password(self, "old", self.request)
        return self.cleaned_data


class MobileField(ContactField):
    """A mobile number."""

    default_error_messages = {
        "required": _("Please write your mobile number."),
        "invalid": _("This is no mobile number. Please check it."),
    }

    def __init__(self, **kwargs):
        super().__init__(read=contacts.read_mobile, label=_("Mobile number"), **kwargs)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "tel"}


class EmailField(ContactField):
    """An e-mail address."""

    default_error_messages = {
        "required": _("Please write your e-mail address."),
        "invalid": _("This is no e-mail address. Please check it."),
    }

    def __init__(self, **kwargs):
        super().__init__(read=contacts.read_email, label=_("E-mail address"), **kwargs)
        self.widget.attrs |= {"inputmode": "email", "autocomplete": "email"}


class ContactForm(CodeForm):
    """A number or an address proved by a code, and her password. Whether somebody else has it is told only to who proved it."""

    purpose = OneTimeCode.Purpose.CONTACT

    password = password_field()
    field_order = ("name", "code", "password")

    def __init__(self, *args, kind: Kind, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["name"] = MobileField() if kind is Kind.MOBILE else EmailField()
        self.order_fields(self.field_order)

    def look_closer(self) -> None:
        if not self.errors:
            check_password(self, "password", self.request)

    def clean_name(self):
        contact = self.cleaned_data["name"]
        if contact and contact in contacts.of(self.user) and getattr(self.user, contact.verified_at):
            raise forms.ValidationError(_("You are known by it already, and it is verified."))
        return contact

    @property
    def user(self) -> User:
        return self.request.user


class NicknameForm(forms.Form):
    """How she wants to be called."""

    nickname = forms.CharField(
        label=_("Nickname"),
        max_length=20,
        required=False,
        help_text=_("At most 20 characters. Shops see it; leave it empty to be called by nothing."),
        error_messages={"max_length": _("Please keep the nickname within 20 characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
