"""What somebody who packs types: a courier's number, and what lies in the parcel."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.order import carriers
from marketplace.order.carriers import Carrier
from marketplace.order.models import Order
from marketplace.order.parcels import orders_with

LONGEST_NUMBER = 30
LONGEST_TYPED = 80
"""Numbers come pasted with blanks in between."""


class NumberForm(forms.Form):
    """A tracking number, typed, pasted or scanned. The courier is guessed from it where none is chosen.

    A number that looks like another courier's is fine (``doubt`` says so); one of another order wants a tick.
    """

    tracking_number = forms.CharField(
        label=gettext_lazy("Tracking number"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Please type, paste or scan the number on the label.")},
    )
    carrier = forms.ChoiceField(
        label=gettext_lazy("Courier"),
        required=False,
        choices=[("", gettext_lazy("Guess it from the number")), *Carrier.choices],
    )
    sure = forms.BooleanField(label=gettext_lazy("Both orders travel in this one parcel"), required=False)

    def __init__(self, order: Order, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order = order
        self.fields["carrier"].widget.attrs["data-carrier"] = ""
        self.asks_if_sure = False

    def clean_tracking_number(self) -> str:
        number = carriers.cleaned(self.cleaned_data["tracking_number"])
        if not carriers.is_number(number):
            raise forms.ValidationError(_("A tracking number has 8 to 30 letters, digits and hyphens."))
        return number

    def clean(self) -> dict:
        typed = super().clean() or self.cleaned_data
        number = typed.get("tracking_number")
        if not number:
            return typed
        if not typed.get("carrier"):
            self.take_guess(number)
        self.ask_if_used_elsewhere(number)
        return typed

    def take_guess(self, number: str) -> None:
        """Fill in the likely courier, or ask for it."""
        likely = carriers.guess(number)
        if likely is None:
            self.add_error("carrier", _("We cannot tell the courier from this number. Please choose it."))
        else:
            self.cleaned_data["carrier"] = likely.value

    def ask_if_used_elsewhere(self, number: str) -> None:
        """A number that another order has is mostly a slip; two orders in one parcel are the exception."""
        others = orders_with(number, besides=self.order)
        if not others:
            return
        self.asks_if_sure = True
        if not self.cleaned_data.get("sure"):
            self.add_error("tracking_number", said_of(others, self.order))

    @property
    def doubt(self) -> str:
        """Worth a second look, never a reason to refuse; empty if number and courier go together."""
        number, carrier = self.cleaned_data["tracking_number"], self.cleaned_data["carrier"]
        likely = carriers.guess(number)
        if likely is None or not carriers.is_unusual(carrier, number):
            return ""
        return _("The number looks like one of %(courier)s. If the courier is wrong, correct it here.") % {
            "courier": likely.label
        }


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
