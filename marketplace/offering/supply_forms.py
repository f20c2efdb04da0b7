"""Forms for loose goods, and for letting others sell them."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.partner.models import Partner, StockPool

from .fields import TypedDecimal
from .stock_forms import DayField

HEAVIEST_KG = Decimal("9999999")
KG_WORDS = {
    "required": gettext_lazy("Please write how many kilograms there are."),
    "invalid": gettext_lazy("Please write the weight as a number, such as 2.5."),
}


def kilograms() -> TypedDecimal:
    """A pile's weight."""
    return TypedDecimal(
        label=gettext_lazy("Kilograms"),
        min_value=Decimal(0),
        max_value=HEAVIEST_KG,
        max_digits=10,
        decimal_places=3,
        error_messages=KG_WORDS,
    )


class PoolForm(forms.Form):
    """A new pile."""

    name = forms.CharField(
        label=gettext_lazy("What is it?"),
        max_length=60,
        error_messages={"required": gettext_lazy("Please give it a name, such as “New rice, loose”.")},
    )
    kg = kilograms()

    def grams(self) -> int:
        return int(self.cleaned_data["kg"] * 1000)


class CountForm(forms.Form):
    """How much of a pile is free to sell; its prefix is the pile's number."""

    kg = kilograms()
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, pool: StockPool):
        self.pool = pool
        initial = {"kg": f"{pool.kg_free.normalize():f}", "seen": pool.grams_free}
        super().__init__(data, prefix=f"pool{pool.pk}", initial=initial)

    def grams(self) -> int:
        return int(self.cleaned_data["kg"] * 1000)


class GrantForm(forms.Form):
    """Who may sell which of my goods, for at least how much, and how long."""

    pool = forms.ModelChoiceField(
        StockPool.objects.none(),
        label=gettext_lazy("Loose goods"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Please choose the goods.")},
    )
    shop = forms.CharField(
        label=gettext_lazy("Name of the shop"),
        max_length=128,
        error_messages={"required": gettext_lazy("Please write the name of the shop that may sell them.")},
    )
    floor = TypedDecimal(
        label=gettext_lazy("Floor price per kilogram"),
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        error_messages={
            "required": gettext_lazy("Please write the lowest price per kilogram."),
            "invalid": gettext_lazy("Please write the price as a number, such as 59.90."),
            "min_value": gettext_lazy("The price is at least ¥0.01."),
        },
    )
    starts_on = DayField(label=gettext_lazy("From"), help_text=gettext_lazy("Empty: from today."))
    ends_on = DayField(label=gettext_lazy("Until"), help_text=gettext_lazy("Empty: until you revoke it."))

    def __init__(self, *args, seller, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pool"].queryset = StockPool.objects.of(seller)  # type: ignore[attr-defined]

    def clean_shop(self):
        """The shop itself, by its whole name: a part of it might be somebody else's."""
        found = Partner.objects.filter(name=self.cleaned_data["shop"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("There is no shop of this name. Please write it as it stands on its page."))
        return found

    def clean_starts_on(self):
        return self.cleaned_data["starts_on"] or timezone.localdate()
