"""What staff type about costs and shares."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incubator.members.models import Cooperative
from incubator.sales.models import ChannelAccount
from incubator.sales.states import Evidence
from marketplace.core.forms import DaysInOrder

from .models import CostRule, IncomeRound


def day_field(label, *, required=True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class WaterfallSift(DaysInOrder):
    """Whose sales, and in which days; a question that makes no sense is answered with this year's sales of all accounts."""

    backwards = _("This is before the first day. Shown are this year's sales of all accounts instead.")
    account = forms.ModelChoiceField(ChannelAccount.objects.none(), label=_("Channel account"), required=False)
    cooperative = forms.ModelChoiceField(Cooperative.objects.none(), label=_("Cooperative"), required=False)
    since = day_field(_("From"), required=False)
    until = day_field(_("Until"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"] = forms.ModelChoiceField(
            ChannelAccount.objects.visible_to(user), label=_("Channel account"), required=False, empty_label=_("All")
        )
        self.fields["cooperative"] = forms.ModelChoiceField(
            Cooperative.objects.for_staff(user), label=_("Cooperative"), required=False, empty_label=_("All")
        )

    @property
    def asked(self) -> dict:
        """Account, cooperative and days to use."""
        cleaned = self.cleaned_data if self.is_valid() else {}
        until = cleaned.get("until") or timezone.localdate()
        since = cleaned.get("since") or date(until.year, 1, 1)
        account, cooperative = cleaned.get("account"), cleaned.get("cooperative")
        return {
            "account": account and account.pk,
            "cooperative": cooperative and cooperative.pk,
            "since": min(since, until),
            "until": until,
        }


class CostForm(forms.ModelForm):
    """What one kind of cost takes of an account's sales."""

    class Meta:
        model = CostRule
        fields = ("account", "code", "kind", "basis", "value", "since", "until", "evidence")
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("since", "until")}
        help_texts = {"code": _("Empty: all goods of the account."), "value": _("0 if it costs nothing.")}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"] = forms.ModelChoiceField(
            ChannelAccount.objects.visible_to(user), label=_("Channel account")
        )

    def _get_validation_exclusions(self):
        """The same start a second time corrects the rule; what the database would refuse ``clean`` says in words."""
        return super()._get_validation_exclusions() | {"since", "until", "value"}  # type: ignore[misc]

    def clean(self):
        cleaned = super().clean()
        value = cleaned.get("value")
        if value is not None and value < 0:
            self.add_error("value", _("A cost is not below zero."))
        if cleaned.get("basis") == "percent" and value is not None and value > 100:
            self.add_error("value", _("At most 100%."))
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("It cannot end before it begins."))
        return cleaned


class RoundForm(forms.Form):
    """What a cooperative shares, and for which days."""

    cooperative = forms.ModelChoiceField(Cooperative.objects.none(), label=_("Cooperative"))
    since = day_field(_("From"))
    until = day_field(_("Until"))
    basis = forms.ChoiceField(label=_("Basis"), choices=IncomeRound.Basis.choices)
    declared = forms.DecimalField(
        label=_("Declared amount (¥)"), min_value=Decimal(0), max_digits=12, decimal_places=2, required=False,
        help_text=_("Only where the cooperative declares it; otherwise it is computed."),
    )  # fmt: skip
    evidence = forms.TypedChoiceField(
        label=_("Evidence"), choices=Evidence.choices, coerce=int, initial=Evidence.TOLD.value
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Cooperative.objects.for_staff(user).active()
        self.fields["cooperative"] = forms.ModelChoiceField(mine, label=_("Cooperative"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("basis") == IncomeRound.Basis.DECLARED and cleaned.get("declared") is None:
            self.add_error("declared", _("Say how much the cooperative declares."))
        return cleaned
