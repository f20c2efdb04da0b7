"""What operators type about people."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.accounts.barring import Reason


class Search(forms.Form):
    """A person by name, number or address."""

    q = forms.CharField(label=_("Name, mobile number or e-mail address"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), ("barred", _("Shut out")), ("closed", pgettext_lazy("account", "Closed"))],
    )


class Why(forms.Form):
    """The reason, from a list."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", "–"), *Reason.choices],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose a reason.")),
        widget=forms.Select(attrs={"class": "form-control"}),
    )
