"""Forms for price, stock and season of one good."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.catalogue.models import Product

from .fields import TypedDecimal, TypedInteger
from .forms import ListingForm
from .stocktaking import Count

WORDS = {name: ListingForm.base_fields[name].error_messages for name in ("price", "stock")}


class PackForm(forms.Form):
    """Price and stock of one pack; its prefix is the pack's number."""

    price = TypedDecimal(
        label=_("Price"), min_value=Decimal("0.01"), max_digits=8, decimal_places=2, error_messages=WORDS["price"]
    )
    stock = TypedInteger(label=_("Stock"), min_value=0, max_value=999_999, error_messages=WORDS["stock"])
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    low = TypedInteger(label=_("Tell me at"), required=False, min_value=0, max_value=9999)

    def __init__(self, data=None, *, pack: Product):
        self.pack = pack
        record = pack.stock
        initial = {
            "price": pack.price,
            "stock": pack.available,
            "seen": pack.available,
            "low": record.low_stock_threshold if record else None,
        }
        super().__init__(data, prefix=str(pack.pk), initial=initial)

    def count(self) -> Count:
        """What was said, as a value."""
        said = self.cleaned_data
        seen = self.pack.available if said["seen"] is None else said["seen"]
        return Count(pack=self.pack.pk, price=said["price"], free=said["stock"], seen=seen, low=said["low"])


class DayInput(forms.DateInput):
    """A day, picked from the phone's own calendar."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day or nothing."""

    def __init__(self, **options):
        super().__init__(
            required=False,
            widget=DayInput(),
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": _("Please write a day like 2026-11-30.")},
            **options,
        )


class SeasonForm(forms.Form):
    """When it is sold, and by when a pre-sale is sent."""

    sale_from = DayField(label=_("Sold from"), help_text=_("Empty: it is sold already."))
    sale_until = DayField(label=_("Sold until"), help_text=_("Empty: until you take it off the shelf."))
    ship_by = DayField(label=_("Pre-sale: sent by"), help_text=_("Empty: it is sent at once."))

    def clean(self):
        cleaned = super().clean() or {}
        start, end = cleaned.get("sale_from"), cleaned.get("sale_until")
        if start and end and end < start:
            self.add_error("sale_until", _("The last day comes after the first."))
        return cleaned


def forms_of(product: Product, data=None) -> list[PackForm]:
    """One form for each pack that has a stock record."""
    return [PackForm(data, pack=pack) for pack in product.packs if pack.stock]
