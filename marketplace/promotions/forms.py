"""What people type about promotions."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.catalogue.models import Category, Product
from marketplace.partner.models import Partner

from . import actions
from .models import Gives, Promotion, Reach
from .vouchers import normal


class VoucherForm(forms.Form):
    """A voucher's code, as somebody read it somewhere."""

    voucher = forms.CharField(
        label=_("Voucher code"),
        max_length=60,
        required=False,
        error_messages={"max_length": _("There is no voucher with this code. Please check how it is written.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class PromotionForm(forms.ModelForm):
    """A new promotion. ``payer`` is the seller who pays, or None for the platform; a seller chooses among her own goods."""

    class Meta:
        model = Promotion
        fields = [
            "name",
            "name_en",
            "gives",
            "amount",
            "percent",
            "most",
            "minimum",
            "reach",
            "category",
            "products",
            "starts_on",
            "ends_on",
            "code",
            "max_uses",
            "max_per_buyer",
            "budget",
            "is_shown",
        ]
        widgets = {
            "gives": forms.RadioSelect,
            "reach": forms.RadioSelect,
            "products": forms.CheckboxSelectMultiple,
            "starts_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "ends_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "code": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        }
        help_texts = {
            "percent": _("10 takes a tenth off."),
            "most": _("Only for a percentage; empty means without limit."),
            "minimum": _("0 means from the first yuan."),
            "code": _("4 to 20 letters and digits. Empty: it applies by itself, without a code."),
            "max_uses": _("Empty means without limit."),
            "max_per_buyer": _("Empty means without limit."),
            "budget": _("It ends when so much has been given in all; empty means without limit."),
        }

    def __init__(self, *args, payer: Partner | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.payer = payer
        self.fields["category"].queryset = Category.objects.browsable()  # type: ignore[attr-defined]
        self.fields["category"].label_from_instance = lambda each: each.display_name  # type: ignore[attr-defined]
        self.fields["minimum"].required = False
        for name in ("starts_on", "ends_on"):
            self.fields[name].input_formats = ["%Y-%m-%d"]  # type: ignore[attr-defined]
            self.fields[name].error_messages["invalid"] = _("Please write a day like 2026-11-30.")
        if payer is None:
            del self.fields["products"]
            self.fields["reach"].choices = [c for c in Reach.choices if c[0] != Reach.PRODUCTS]  # type: ignore[attr-defined]
        else:
            goods = Product.objects.filter(seller=payer).exclude(structure=Product.CHILD).order_by("title", "pk")
            self.fields["products"].queryset = goods  # type: ignore[attr-defined]
            self.fields["products"].label_from_instance = lambda each: each.display_title  # type: ignore[attr-defined]
            self.fields["products"].error_messages["invalid_choice"] = _(
                "One of these products is not sold by this shop."
            )

    def _post_clean(self):
        """What the database promises stands in ``clean`` and ``make`` in words a person understands."""
        super()._post_clean()  # type: ignore[misc]
        self.errors.pop(NON_FIELD_ERRORS, None)

    def clean_code(self):
        code = normal(self.cleaned_data["code"])
        if code and not re.fullmatch(r"[A-Z0-9-]{4,20}", code):
            raise forms.ValidationError(_("A code has 4 to 20 letters and digits, such as NEWRICE10."))
        return code

    def clean_minimum(self):
        return self.cleaned_data["minimum"] or Decimal("0.00")

    def clean(self):
        typed = super().clean()
        self.give_one_thing(typed)
        self.name_the_goods(typed)
        begins, ends = typed.get("starts_on"), typed.get("ends_on")
        if begins and ends and begins > ends:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        elif ends and ends < timezone.localdate():
            self.add_error("ends_on", _("The last day is over. Please choose one from today on."))
        return typed

    def give_one_thing(self, typed) -> None:
        """Either an amount, or a percentage and perhaps a cap; what was typed for the other is left out."""
        wanted, other = ("percent", "amount") if typed.get("gives") == Gives.PERCENT else ("amount", "percent")
        if typed.get(wanted) is None and wanted not in self.errors:
            self.add_error(wanted, _("Please say how much is taken off."))
        self.drop(typed, other)
        if wanted == "amount":
            self.drop(typed, "most")

    def name_the_goods(self, typed) -> None:
        """A category, or products, where it is for those."""
        reach = typed.get("reach")
        if reach == Reach.CATEGORY and not typed.get("category") and "category" not in self.errors:
            self.add_error("category", _("Please choose a category."))
        if reach == Reach.PRODUCTS and not typed.get("products") and "products" not in self.errors:
            self.add_error("products", _("Please choose at least one product."))
        if reach != Reach.CATEGORY:
            self.drop(typed, "category")

    def drop(self, typed, name: str) -> None:
        """What is typed in a field that does not count here is no mistake."""
        typed[name] = None
        self.errors.pop(name, None)

    def make(self, *, by, at) -> Promotion:
        """Make it. Raises CannotMake."""
        return actions.make(seller=self.payer, by=by, at=at, **self.cleaned_data)
