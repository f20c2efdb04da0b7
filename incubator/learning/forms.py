"""What staff fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Certificate


class RosterForm(forms.Form):
    """A spreadsheet of people."""

    file = forms.FileField(label=_("Roster (Excel or CSV)"), help_text=_("Columns: 姓名, 手机号, 区县, 村"))


class RevokeForm(forms.ModelForm):
    """Why a certificate no longer counts."""

    class Meta:
        model = Certificate
        fields = ("revoked_reason",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revoked_reason"].required = True
