"""What somebody who packs types: a courier's number, and what lies in the parcel."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.order.forms import TrackingForm
from marketplace.order.models import Order
from marketplace.order.parcels import orders_with


class NumberForm(TrackingForm):
    """The number of a parcel of an order; one that another order has wants a tick."""

    sure = forms.BooleanField(label=gettext_lazy("Both orders travel in this one parcel"), required=False)

    def __init__(self, order: Order, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order = order
        self.asks_if_sure = False

    def clean(self) -> dict:
        typed = super().clean()
        if typed.get("tracking_number"):
            self.ask_if_used_elsewhere(typed["tracking_number"])
        return typed

    def ask_if_used_elsewhere(self, number: str) -> None:
        """A number that another order has is mostly a slip; two orders in one parcel are the exception."""
        others = orders_with(number, besides=self.order)
        if not others:
            return
        self.asks_if_sure = True
        if not self.cleaned_data.get("sure"):
            self.add_error("tracking_number", said_of(others, self.order))


def said_of(others: list[Order], order: Order) -> str:
    """Which order has the number already; one of another shop is not named."""
    ours = next((other for other in others if other.seller_id == order.seller_id), None)
    if ours is None:
        return _("Another order already has this number. Please look at the label again.")
    return _("Order %(number)s already has this number. Please look at the label again.") % {"number": ours.number}


class ParcelForm(NumberForm):
    """A parcel about to leave: its number, and how many of each unsent line lie in it."""

    def __init__(self, order: Order, *args, **kwargs):
        super().__init__(order, *args, **kwargs)
        self.unsent = [line for line in order.lines.all() if line.num_allocated]
        for line in self.unsent:
            self.fields[f"line-{line.pk}"] = forms.IntegerField(
                min_value=0,
                max_value=line.num_allocated,
                initial=line.num_allocated,
                required=False,
                error_messages={
                    "max_value": _("At most %(limit_value)s are still to be sent."),
                    "invalid": _("Please give a whole number."),
                },
            )

    @property
    def rows(self) -> list[tuple]:
        """Each unsent line with its field."""
        return [(line, self[f"line-{line.pk}"]) for line in self.unsent]

    @property
    def quantities(self) -> Mapping[int, int]:
        """Pieces by line: none where the field was emptied, all where it was not even sent."""
        return {line.pk: self.quantity_of(line) for line in self.unsent}

    def quantity_of(self, line) -> int:
        name = f"line-{line.pk}"
        if name not in self.data:
            return line.num_allocated
        return self.cleaned_data.get(name) or 0

    def clean(self) -> dict:
        typed = super().clean()
        if self.unsent and not any(self.quantities.values()) and not self.errors:
            self.add_error(None, _("Please put at least one piece into the parcel."))
        return typed
