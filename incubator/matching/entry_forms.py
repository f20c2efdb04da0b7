"""What a cooperative or an e-commerce partner types to take part in a fair."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from incubator.members.words import Category, Outlet, Scheme
from incubator.places import counties_in

from .models import Fair, FairPartner, FairProduct, Side
from .words import place

PHONE = RegexValidator(r"^[\d +()（）-]{7,30}$", _("A telephone number has digits only, at least seven."))
MOST_SLOTS, MOST_TONNES, MOST_YUAN = 50, 1_000_000, 100_000


def several(label, choices, **kwargs) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)


class EntryForm(forms.ModelForm):
    """Both sides: the terms, and whom to call about them."""

    contact = forms.CharField(label=_("Contact person"), max_length=40)
    phone = forms.CharField(label=_("Telephone"), max_length=30, validators=[PHONE])
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    bounds: dict[str, tuple[int, int]] = {}

    def __init__(self, *args, fair: Fair, **kwargs):
        super().__init__(*args, **kwargs)
        self.fair = fair
        self.counties = [(area.code, place(area.code)) for area in counties_in(fair.area)]
        self.choose()
        for name, (least, most) in self.bounds.items():
            self.fields[name].widget.attrs |= {"min": least, "max": most}

    def choose(self) -> None:
        """Fill the lists to choose from."""

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        for name, (least, most) in self.bounds.items():
            if cleaned.get(name) is not None and not least <= cleaned[name] <= most:
                said = _("Between %(least)s and %(most)s, please.") % {"least": least, "most": most}
                self.add_error(name, said)
        return cleaned

    @property
    def terms(self) -> dict[str, Any]:
        """The columns of the entry, as JSON keeps them."""
        found = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in found.items()}


class ProductEntryForm(EntryForm):
    """A cooperative offers one good."""

    schemes = several(_("Certificates"), Scheme.choices, required=False)
    bounds = {"volume_t": (0, MOST_TONNES), "floor_price": (0, MOST_YUAN), "slots": (1, MOST_SLOTS)}
    side, named_by = Side.PRODUCTS, "cooperative_name"

    class Meta:
        model = FairProduct
        fields = (
            "cooperative_name", "county", "name", "category", "schemes", "volume_t", "season_from", "season_to",
            "floor_price", "needs_cold_chain", "slots",
        )  # fmt: skip
        help_texts = {
            "floor_price": _("Below it you do not sell. Only staff of the fair read it, no partner ever does."),
            "slots": _("How many e-commerce partners you could supply."),
        }

    def choose(self) -> None:
        self.fields["county"] = forms.ChoiceField(label=_("Place"), choices=self.counties)
        self.fields["slots"].initial = 2

    def clean_volume_t(self):
        volume = self.cleaned_data["volume_t"]
        if not volume:
            raise forms.ValidationError(_("More than nothing, please."))
        return volume


class PartnerEntryForm(EntryForm):
    """An e-commerce partner looks for goods."""

    outlets = several(_("Sales channels"), Outlet.choices)
    categories = several(_("Categories"), Category.choices)
    regions = several(_("Buys from"), (), required=False)
    required_schemes = several(_("Certificates wanted"), Scheme.choices, required=False)
    bounds = {
        "min_volume_t": (0, MOST_TONNES), "price_from": (0, MOST_YUAN), "price_to": (0, MOST_YUAN),
        "commission_percent": (0, 99), "slots": (1, MOST_SLOTS),
    }  # fmt: skip
    side, named_by = Side.PARTNERS, "name"

    class Meta:
        model = FairPartner
        fields = (
            "name", "kind", "outlets", "categories", "regions", "required_schemes", "min_volume_t", "season_from",
            "season_to", "price_from", "price_to", "commission_percent", "has_cold_chain", "slots",
        )  # fmt: skip
        help_texts = {"slots": _("How many goods you could take.")}

    def choose(self) -> None:
        self.fields["regions"] = several(
            _("Buys from"), self.counties, required=False, help_text=_("None ticked: from anywhere.")
        )
        self.fields["season_from"].initial, self.fields["season_to"].initial = 1, 12
        self.fields["slots"].initial = 3

    def clean(self):
        cleaned = super().clean()
        low, high = cleaned.get("price_from"), cleaned.get("price_to")
        if low is not None and high is not None and low > high:
            self.add_error("price_to", _("The upper price is below the lower one."))
        return cleaned


FORMS: dict[str, type[ProductEntryForm | PartnerEntryForm]] = {
    Side.PRODUCTS: ProductEntryForm,
    Side.PARTNERS: PartnerEntryForm,
}


class SlotsForm(forms.Form):
    """How many of the other side a member of a fair meets."""

    slots = forms.IntegerField(label=_("Slots"), min_value=0, max_value=MOST_SLOTS)
