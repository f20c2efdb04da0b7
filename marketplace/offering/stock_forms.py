"""Forms for price, stock and season of one good."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.catalogue.models import Product
from marketplace.partner.models import below_floor

from .fields import TypedDecimal, TypedInteger
from .forms import ListingForm
from .packs import OWN, SourceChoice
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
    source = SourceChoice()

    def __init__(self, data=None, *, pack: Product, sources=()):
        """``sources``: the choices of where packs come from; with one choice only there is nothing to ask."""
        self.pack, record = pack, pack.stock
        initial = {
            "price": pack.price,
            "stock": pack.available,
            "seen": pack.available,
            "low": record.low_stock_threshold if record else None,
            "source": source_named(record),
        }
        super().__init__(data, prefix=str(pack.pk), initial=initial)
        if len(sources) > 1:
            there = initial["source"] in dict(sources)
            offered: Any = self.fields["source"]
            offered.choices = sources if there else [*sources, (initial["source"], _("As it is"))]
        else:
            del self.fields["source"]
        if record and record.pool:
            self.fields["stock"].required = False

    @property
    def chooses_source(self) -> bool:
        """True if the page asked where the pack comes from (the list of goods does not)."""
        return "source" in self.fields and f"{self.prefix}-source" in self.data

    def clean(self):
        """Goods of a supplier cost at least what she allows; another source is asked for its own floor when it is chosen."""
        said: dict[str, Any] = super().clean() or {}
        price, record = said.get("price"), self.pack.stock
        stays = not self.chooses_source or said.get("source") == source_named(record)
        if price is not None and record and stays and price < record.floor:
            self.add_error("price", below_floor(record.floor))
        return said

    def count(self) -> Count:
        """What was said, as a value."""
        said = self.cleaned_data
        seen = self.pack.available if said["seen"] is None else said["seen"]
        free = seen if said["stock"] is None else said["stock"]
        return Count(pack=self.pack.pk, price=said["price"], free=free, seen=seen, low=said["low"])


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

    def clean_ship_by(self):
        """A promise is about a day to come; one of the past that stood there already keeps nobody from saving the rest."""
        ship_by = self.cleaned_data["ship_by"]
        if ship_by and ship_by < timezone.localdate() and "ship_by" in self.changed_data:
            raise forms.ValidationError(_("This day is past. Please choose today or later."))
        return ship_by


def forms_of(product: Product, data=None, sources=()) -> list[PackForm]:
    """One form for each pack that has a stock record."""
    return [PackForm(data, pack=pack, sources=sources) for pack in product.packs if pack.stock]


def source_named(record) -> str:
    """The choice that says where a pack comes from today."""
    if record is None or record.pool_id is None:
        return OWN
    return f"grant:{record.grant_id}" if record.grant_id else f"pool:{record.pool_id}"
