"""What operators type about staff."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import staffing
from marketplace.accounts.staffing import Duty

from . import places

CONTROL = {"class": "form-control"}


class StaffFilter(forms.Form):
    """Whom to show: somebody by name or number, or everybody with a role."""

    q = forms.CharField(label=_("Name, mobile number or e-mail address"), required=False, max_length=80)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *staffing.CHOICES])


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Please write why.")},
        widget=forms.TextInput(attrs=CONTROL),
    )


class TakeForm(ReasonForm):
    """Which role is taken back, as the list shows it, and why."""

    role = forms.CharField(max_length=40)
    area = forms.CharField(required=False, max_length=12)


class GiveForm(ReasonForm):
    """A role, where, until when, and why."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", "–"), *staffing.CHOICES],
        widget=forms.Select(attrs=CONTROL),
        error_messages={"required": _("Please choose a role.")},
    )
    area = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=60,
        help_text=_("Province, city or county, by name or digits. Needed for incubator staff; trainers may have one."),
        widget=forms.TextInput(attrs=CONTROL),
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: until it is taken back."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs=CONTROL | {"type": "date"}),
    )
    field_order = ("role", "area", "until", "reason")

    def clean_area(self):
        try:
            return places.read(self.cleaned_data["area"])
        except places.NoSuchPlace as refusal:
            raise forms.ValidationError(refusal.for_people) from refusal

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day

    def clean(self):
        """What role, place and last day have to do with each other is said together with all the rest."""
        typed = super().clean()
        duty = Duty(typed.get("role", ""), typed.get("area", ""), typed.get("until"))
        for name, words in staffing.mistakes_of(duty).items() if duty.role else ():
            if name not in self.errors:
                self.add_error(name, words)
        return typed

    @property
    def duty(self) -> Duty:
        typed = self.cleaned_data
        return Duty(typed["role"], typed["area"], typed["until"])
