"""What is filled in for events: by staff who plan them, and by those who come."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import contacts
from marketplace.core.forms import WITHIN_REACH

from .forms import PlacedForm
from .models import Gathering

AT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def within_reach(moment: datetime) -> datetime:
    """The moment, where one can reckon from it: year 1 has no hour in another time zone. Raises ValidationError."""
    for check in WITHIN_REACH:
        check(moment.date())
    return moment


class GatheringForm(PlacedForm):
    """An event as it is planned. Its address stays: pages and posters may name it."""

    class Meta:
        model = Gathering
        fields = (
            "title",
            "title_en",
            "code",
            "area",
            "venue",
            "venue_en",
            "starts_at",
            "ends_at",
            "seats",
            "is_open",
        )
        widgets = {"starts_at": AT, "ends_at": AT}
        labels = {"code": _("Last part of the address")}
        help_texts = {
            "code": _("Small letters, figures, hyphens."),
            "seats": _("Empty: room for all. Whoever comes when it is full waits, and moves up."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]

    def clean(self):
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("The event ends before it begins."))
        return cleaned

    def clean_starts_at(self):
        begins = within_reach(self.cleaned_data["starts_at"])
        if self.instance.pk is None and begins < timezone.now():
            raise ValidationError(_("This time has passed."))
        return begins

    def clean_ends_at(self):
        return within_reach(self.cleaned_data["ends_at"])


class RegisterForm(forms.Form):
    """Her name as the organisers see it, and that she agrees to their seeing it."""

    name = forms.CharField(
        label=_("Full name"), max_length=40, min_length=2, widget=forms.TextInput({"autocomplete": "name"})
    )
    agrees = forms.BooleanField(
        label=_(
            "I agree that the organisers of this event see my name and mobile number, to plan it and to reach me. I can "
            "take this back at any time under “My account”."
        ),
        error_messages={"required": _("Without your agreement the organisers cannot put you on the list.")},
    )

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())


class PutDownForm(forms.Form):
    """Somebody who asked staff for a place."""

    name = forms.CharField(label=_("Full name"), max_length=40, min_length=2)
    mobile = forms.CharField(label=_("Mobile number"), required=False, widget=forms.TextInput({"inputmode": "tel"}))

    def clean_mobile(self):
        typed = self.cleaned_data["mobile"]
        contact = contacts.read_mobile(typed) if typed else None
        if typed and contact is None:
            raise ValidationError(_("This is not a mobile number."))
        return contact.address if contact else ""
