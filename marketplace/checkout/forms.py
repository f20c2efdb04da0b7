"""The one form that orders: where to, to whom, what to tell the sellers, how to pay.

Prices, freight and sellers are never read from it; ``seen`` only says what the buyer looked at.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from marketplace.address.forms import AddressForm, is_precise
from marketplace.address.models import UserAddress
from marketplace.payment import providers

from .actions import Address
from .pricing import Quote

NOTE = re.compile(r"note-([0-9]{1,9})")


@dataclass(frozen=True)
class Way:
    """A way to pay as the page shows it; ``refusal`` says why it is not possible here."""

    code: str
    label: str
    explanation: str
    refusal: str
    chosen: bool


class CheckoutForm(AddressForm):
    """What a buyer types to order. Choose a saved address, or leave ``saved`` empty and type one."""

    saved = forms.ModelChoiceField(
        UserAddress.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("This address is not in your address book. Please choose again.")},
    )
    contact = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("We write there about this purchase, and nothing else."),
        error_messages={"invalid": _("This is not an e-mail address. Please check it or leave it empty.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    payment_method = forms.CharField(max_length=20, error_messages={"required": _("Please choose a payment method.")})
    exempt_confirmed = forms.BooleanField(required=False)
    keep = forms.BooleanField(label=_("Keep this address in my address book"), required=False, initial=True)
    paste = forms.CharField(max_length=2000, required=False)

    field_order = ["saved", "name", "mobile", "area", "detail"]

    def __init__(self, *args, buyer, **kwargs):
        super().__init__(*args, **kwargs)
        self.book = list(buyer.addresses.order_by("-is_default_for_shipping", "-pk")) if buyer else []
        if buyer:
            self.fields["saved"].queryset = buyer.addresses.all()  # type: ignore[attr-defined]
            del self.fields["contact"]
        else:
            del self.fields["keep"]
        if self.chosen is not None:
            for name in ("name", "mobile", "area", "detail"):
                self.fields[name].required = False

    @cached_property
    def chosen(self) -> UserAddress | None:
        """The saved address that is picked; the usual one before anything was picked."""
        usual = self.book[0].pk if self.book else ""
        picked = self.data.get("saved", "") if self.is_bound else self.initial.get("saved", usual)
        return next((address for address in self.book if str(address.pk) == str(picked)), None)

    @property
    def province(self) -> str | None:
        """Two digits of where the goods would go as far as is known now."""
        code = self.chosen.area if self.chosen else self.typed_area
        return code[:2] or None

    def ask_about(self, quote: Quote) -> None:
        """Add a note to each seller, and the ways to pay that this basket allows."""
        self.take_notes(group.seller.pk for group in quote.groups)
        self.ways = list(ways_to_pay(quote, self["payment_method"].value()))

    def take_sent_notes(self) -> None:
        """Add the notes that were sent along; of a seller who is not in the basket nobody will read one."""
        self.take_notes(int(found[1]) for name in self.data if (found := NOTE.fullmatch(name)))

    def take_notes(self, sellers: Iterable[int]) -> None:
        self.notes = {seller: f"note-{seller}" for seller in sellers}
        for name in self.notes.values():
            self.fields[name] = forms.CharField(
                label=_("Note to seller"),
                max_length=200,
                required=False,
                error_messages={"max_length": _("Please keep the note within 200 characters.")},
            )

    def note_fields(self):
        """The note of each seller, in the order of the quote."""
        return [self[name] for name in self.notes.values()]

    def clean(self):
        super().clean()
        if self.chosen and not (is_complete(self.chosen) and "saved" in self.cleaned_data):
            self.add_error(
                "saved", _("This address lacks a place or a mobile number. Please complete it or type another.")
            )
        return self.cleaned_data

    def address(self) -> Address:
        """Where the purchase goes."""
        if self.chosen:
            book = self.chosen
            return Address(name=book.recipient, mobile=book.phone_number.as_e164, area=book.area, detail=book.line1)
        typed = self.cleaned_data
        return Address(name=typed["name"], mobile=typed["mobile"].as_e164, area=typed["area"], detail=typed["detail"])

    def words_to_sellers(self) -> dict[int, str]:
        """Notes by seller id."""
        return {seller: self.cleaned_data[name] for seller, name in self.notes.items()}


def is_complete(address: UserAddress) -> bool:
    """True if a parcel could be sent there."""
    return bool(address.area and is_precise(address.area) and address.phone_number and address.line1)


def ways_to_pay(quote: Quote, chosen: str | None):
    """Every provider with why it is not possible, the first possible one chosen until the buyer says otherwise."""
    refusals = {each.code: each.refuses(quote.total, quote.province) for each in providers.all_providers()}
    possible = [code for code, refusal in refusals.items() if not refusal]
    picked = chosen if chosen in possible else next(iter(possible), "")
    for each in providers.all_providers():
        yield Way(each.code, each.label, each.explanation, refusals[each.code], each.code == picked)
