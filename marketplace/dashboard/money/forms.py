"""What operators type about money."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.partner.models import Partner
from marketplace.payment.models import AttemptState, EventState
from marketplace.settlement.models import PayoutState

ALL = ("", _("All"))


class PaymentFilter(forms.Form):
    """Which payments to show."""

    q = forms.CharField(label=_("Purchase number or reference"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("Status"), required=False, choices=[ALL, *AttemptState.choices])


class NewsFilter(forms.Form):
    """Which news to show."""

    q = forms.CharField(label=_("Number or kind"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("Status"), required=False, choices=[ALL, *EventState.choices])


class PayoutFilter(forms.Form):
    """Which payouts to show."""

    state = forms.ChoiceField(label=_("Status"), required=False, choices=[ALL, *PayoutState.choices])


class ReasonForm(forms.Form):
    """Why a payout is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class AdjustmentForm(forms.Form):
    """So much more, or less, for a seller, and why."""

    seller = forms.ModelChoiceField(label=_("Seller"), queryset=Partner.objects.order_by("name", "id"))
    amount = forms.DecimalField(
        label=_("Amount in yuan; below zero is taken from her"),
        max_digits=10,
        decimal_places=2,
        min_value=Decimal("-999999.99"),
        max_value=Decimal("999999.99"),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean_amount(self):
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError(_("Please give an amount other than zero."))
        return self.cleaned_data["amount"]
