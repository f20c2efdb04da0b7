"""Whom an owner invites, and as what."""

import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts import contacts

from ..capabilities import INVITED_AS, TeamRole


class InviteForm(forms.Form):
    """A role, and where to send the link if it is not passed on by hand. ``key`` makes pressing twice one invitation."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("As what?"),
        choices=[(role.value, role.label) for role in INVITED_AS],
        initial=INVITED_AS[0].value,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Please choose packer or bookkeeper.")
        ),
    )
    contact = forms.CharField(
        label=gettext_lazy("Mobile number or e-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("We send the link there. Leave it empty to pass the link on yourself."),
    )

    def clean_key(self):
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean_contact(self):
        """The contact; None for nothing."""
        typed = self.cleaned_data["contact"].strip()
        found = contacts.read(typed) if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("Please check this: it is neither a mobile number nor an e-mail address."))
        return found


class RoleForm(forms.Form):
    """What a member does from now on."""

    role = forms.ChoiceField(choices=TeamRole.choices)
