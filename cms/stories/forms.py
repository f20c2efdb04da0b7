"""What is recorded when a person agrees."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConsentForm(forms.Form):
    """On which day she agreed to the text, and for a minor who agreed for her."""

    given_on = forms.DateField(label=_("Agreed on"), widget=forms.DateInput(attrs={"type": "date"}))
    guardian = forms.CharField(label=_("Guardian who agreed"), max_length=60, required=False)
    has_seen = forms.BooleanField(label=_("The person has read this text and seen the page with its pictures"))

    def __init__(self, *args, is_minor: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["guardian"].required = is_minor
        if not is_minor:
            del self.fields["guardian"]

    def clean_given_on(self):
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day
