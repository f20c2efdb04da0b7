"""The listing form: six things to say, everything else has a sensible default and folds away."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from marketplace.address.forms import AreaChoice, AreaPicker
from marketplace.catalogue.models import Category, Product
from marketplace.core.text import package_of, package_words
from marketplace.partner.models import below_floor
from marketplace.producers.models import Producer
from marketplace.shipping.models import FreightTemplate

from . import packs
from .fields import ChipChoice, TypedDecimal, TypedInteger

HEAVIEST_G = 1_000_000
PACK_FIELDS = ("weight", "weight_unit", "container", "spec")
SALE_FIELDS = ("price", "stock", "source", *packs.MORE_FIELDS)
LABEL_FIELDS = ("ingredients", "allergens", "standard", "licence_number", "maker", "maker_address", "maker_contact")
LABEL_REQUIRED = (*(name for name in LABEL_FIELDS if name != "allergens"), "shelf_days", "storage")


class WeightUnit(models.TextChoices):
    """What a weight is typed in."""

    JIN = "jin", _("jin (500 g)")
    KG = "kg", "kg"
    G = "g", "g"


GRAMS: dict[str, int] = {WeightUnit.JIN: 500, WeightUnit.KG: 1000, WeightUnit.G: 1}


def month_choices():
    return [("", _("unknown")), *((str(number), name) for number, name in MONTHS.items())]


class ListingForm(packs.MorePacks):
    """A listing of one pack or a few. Of a good that is on sale already, price and stock are changed in the list, not here."""

    title = forms.CharField(
        label=_("Product title"),
        max_length=30,
        error_messages={
            "required": _("Please write what it is, as buyers would search for it."),
            "max_length": _("At most 30 characters; you have %(show_value)s."),
        },
    )
    category = ChipChoice(label=_("Category"), coerce=int, error_messages={"required": _("Please choose a category.")})
    weight = TypedDecimal(
        label=_("Net content"),
        min_value=Decimal("0.001"),
        max_digits=9,
        decimal_places=3,
        error_messages={
            "required": _("Please write how much is in one pack."),
            "invalid": _("Please write the weight as a number, such as 2.5."),
            "min_value": _("A pack weighs more than nothing."),
        },
    )
    weight_unit = ChipChoice(label=_("Unit"), choices=WeightUnit.choices)
    container = forms.CharField(
        label=_("Pack"),
        max_length=8,
        widget=forms.TextInput(attrs={"list": "containers"}),
        error_messages={"required": _("Please write what one pack is: a bag, a box, a jar.")},
    )
    price = TypedDecimal(
        label=_("Price"),
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        error_messages={
            "required": _("Please write the price of one pack."),
            "invalid": _("Please write the price as a number, such as 59.90."),
            "min_value": _("The price is at least ¥0.01."),
        },
    )
    stock = TypedInteger(
        label=_("Stock"),
        min_value=0,
        max_value=999_999,
        error_messages={
            "required": _("How many packs are there? If you are not sure, write how many are packed now."),
            "invalid": _("Please write a whole number of packs."),
        },
    )
    # folded away
    source = packs.SourceChoice()
    description = forms.CharField(
        label=_("Description"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    spec = forms.CharField(
        label=_("Specification"),
        required=False,
        max_length=60,
        help_text=_("Only if buyers should read something else than weight and pack, such as “12 pieces a box”."),
    )
    area = AreaChoice(label=_("Place of origin"))
    producer = forms.ModelChoiceField(
        Producer.objects.none(), label=_("Producer"), required=False, empty_label=_("Unknown")
    )
    season_from = forms.TypedChoiceField(
        label=_("Season from month"), required=False, choices=month_choices, coerce=int, empty_value=None
    )
    season_to = forms.TypedChoiceField(
        label=_("Season to month"), required=False, choices=month_choices, coerce=int, empty_value=None
    )
    all_year = forms.BooleanField(label=_("Sold all year"), required=False)
    weight_is_about = forms.BooleanField(label=_("The weight is approximate"), required=False)
    freight_template = forms.ModelChoiceField(
        FreightTemplate.objects.none(), label=_("Delivery template"), required=False, empty_label=_("Usual terms")
    )
    ship_mode = ChipChoice(label=_("Ship mode"), choices=Product.ShipMode.choices)
    return_exempt = forms.BooleanField(
        label=_("Fresh or perishable: not eligible for no-reason return"),
        required=False,
        help_text=_("The buyer confirms it for each purchase."),
    )
    shelf_days = TypedInteger(label=_("Shelf life in days"), required=False, min_value=1, max_value=9999)
    storage = forms.CharField(label=_("Storage conditions"), required=False, max_length=120)
    prepacked = forms.BooleanField(label=_("Prepacked food"), required=False)
    ingredients = forms.CharField(
        label=_("Ingredients"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    allergens = forms.CharField(label=_("Allergens"), required=False, max_length=120)
    standard = forms.CharField(
        label=_("Product standard number"), required=False, max_length=60, help_text=_("Such as GB/T 1354.")
    )
    licence_number = forms.CharField(
        label=_("Food production licence number"),
        required=False,
        max_length=20,
        help_text=_("SC and 14 digits."),
        validators=[RegexValidator(r"^[Ss][Cc]\d{14}$", _("A licence number is SC and 14 digits."))],
    )
    maker = forms.CharField(label=_("Made by"), required=False, max_length=80)
    maker_address = forms.CharField(label=_("Address of the maker"), required=False, max_length=120)
    maker_contact = forms.CharField(label=_("Contact of the maker"), required=False, max_length=40)
    title_en = forms.CharField(label=_("English title"), required=False, max_length=120)
    description_en = forms.CharField(
        label=_("English description"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, seller, product=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.seller, self.product = seller, product
        for name in absent(product):
            del self.fields[name]
        self.offer_own(seller)

    def offer_own(self, seller) -> None:
        """Only what is this seller's can be chosen."""
        own: dict[str, Any] = self.fields
        own["category"].choices = category_choices(seller)
        own["producer"].queryset = Producer.objects.filter(products__seller=seller).distinct()
        if "source" in own:
            own["source"].offer(seller)
            if self.data.get(self.add_prefix("source")):
                own["stock"].required = False
        own["freight_template"].queryset = FreightTemplate.objects.filter(seller=seller).order_by("id")

    def clean_container(self):
        return package_of(self.cleaned_data["container"])

    def clean_licence_number(self):
        return self.cleaned_data["licence_number"].strip().upper()

    def clean(self):
        cleaned: dict[str, Any] = super().clean() or {}
        if "weight" in cleaned and "weight_unit" in cleaned:
            self.check_weights(cleaned)
        if "price" in self.fields:
            self.check_more(cleaned)
            if cleaned.get("source"):
                self.check_floor(cleaned)
        if bool(cleaned.get("season_from")) != bool(cleaned.get("season_to")):
            self.add_error("season_to", _("Please choose the first and the last month, or neither."))
        if cleaned.get("prepacked"):
            for name in LABEL_REQUIRED:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("The label of prepacked food has to say this."))
        return cleaned

    def check_weights(self, cleaned: dict[str, Any]) -> None:
        """Every pack weighs something, and no two of them the same."""
        unit_g, seen = GRAMS[cleaned["weight_unit"]], set()
        for name in ("weight", *(f"weight_{number}" for number in packs.typed(cleaned))):
            if cleaned.get(name) is None:
                continue
            grams = packs.grams_in(cleaned[name], unit_g)
            if not 0 < grams <= HEAVIEST_G:
                self.add_error(name, _("A pack weighs between 1 g and 1,000 kg. Is the unit right?"))
            elif grams in seen:
                self.add_error(name, _("Another pack weighs the same."))
            seen.add(grams)
        self.check_live_floor(cleaned)

    def check_live_floor(self, cleaned: dict[str, Any]) -> None:
        """A good on sale keeps its price, so a supplier's goods cannot weigh more than she allows for it."""
        record = self.product.stock if self.product else None
        if record and record.grant and cleaned.get("weight"):
            floor = record.grant.floor_of(grams_of(cleaned))
            if record.price is not None and record.price < floor:
                self.add_error("weight", below_floor(floor))

    def check_more(self, cleaned: dict[str, Any]) -> None:
        """Of a further pack everything is said or nothing."""
        needed = ("weight", "price") if cleaned.get("source") else ("weight", "price", "stock")
        for number in packs.typed(cleaned):
            for name in needed:
                if cleaned.get(f"{name}_{number}") is None and f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", self.fields[name].error_messages["required"])

    def check_floor(self, cleaned: dict[str, Any]) -> None:
        """Goods of a supplier cost at least what she allows."""
        _pool, grant = packs.source_of(cleaned["source"], self.seller)
        for name in ("", *(f"_{number}" for number in packs.typed(cleaned))):
            weight, price = cleaned.get(f"weight{name}"), cleaned.get(f"price{name}")
            if grant and weight and price and cleaned.get("weight_unit"):
                floor = grant.floor_of(packs.grams_in(weight, GRAMS[cleaned["weight_unit"]]))
                if price < floor:
                    self.add_error(f"price{name}", below_floor(floor))

    @property
    def opens_folds(self) -> bool:
        """True if a field that folds away has something wrong in it."""
        plain = {"title", "category", *PACK_FIELDS[:3], *SALE_FIELDS[:2]}
        return bool(set(self.errors) - plain)


class NotReady(Exception):
    """A draft cannot be submitted as it is; ``form`` says which fields, ``for_people`` says what is missing beside them."""

    def __init__(self, form: ListingForm, for_people: str = ""):
        super().__init__(for_people)
        self.form, self.for_people = form, for_people


def bound_form(draft) -> ListingForm:
    """The form filled with a draft's words, to be judged."""
    return ListingForm(draft.words, seller=draft.seller, product=draft.product)


class PhotoForm(forms.Form):
    """One photo under the id the phone gave it; what it is, is for the picture reader to say."""

    id = forms.UUIDField()
    photo = forms.FileField(allow_empty_file=True)


def absent(product) -> tuple[str, ...]:
    """Fields a draft of this product does not have."""
    if product is None:
        return ()
    return (*SALE_FIELDS, *PACK_FIELDS) if product.is_parent else SALE_FIELDS


def grams_of(cleaned: dict) -> int:
    """The typed weight in whole grams."""
    return packs.grams_in(cleaned["weight"], GRAMS[cleaned["weight_unit"]])


def category_choices(seller) -> list[tuple[int, str]]:
    """All shelves, those the seller has goods on first."""
    used = list(
        Category.objects.filter(product__seller=seller).order_by("-product__date_created").values_list("pk", flat=True)
    )
    shelves = sorted(
        Category.objects.browsable(), key=lambda shelf: used.index(shelf.pk) if shelf.pk in used else len(used)
    )
    return [(shelf.pk, shelf.display_name) for shelf in shelves]


def initial_of(words: dict) -> dict:
    """What the form shows for a draft, without judging it: the values its fields would be given."""
    fields = ListingForm.base_fields
    shown = {
        name: field.widget.value_from_datadict(words, {}, name)
        for name, field in fields.items()
        if isinstance(field.widget, AreaPicker | forms.CheckboxInput) or name in words
    }
    return shown | ({"container": package_words(shown["container"])} if "container" in shown else {})
