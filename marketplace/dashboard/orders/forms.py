"""What operators type about orders and money."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from marketplace.order.carriers import Carrier
from marketplace.order.states import OrderState


class ParcelForm(forms.Form):
    """A parcel for everything of an order that is not sent yet."""

    carrier = forms.ChoiceField(label=_("Courier"), choices=Carrier.choices)
    tracking_number = forms.CharField(
        label=_("Tracking number"),
        min_length=8,
        max_length=30,
        validators=[RegexValidator(r"^[A-Za-z0-9-]+$", _("Only letters, digits and hyphens."))],
    )


class ReceiptForm(forms.Form):
    """The bank's number for money that came or went."""

    reference = forms.CharField(label=_("Receipt number"), max_length=80)


class OrderFilter(forms.Form):
    """Which orders to show."""

    q = forms.CharField(label=_("Order number or seller"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *OrderState.choices])
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self):
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("The last day lies before the first."))
        return said
