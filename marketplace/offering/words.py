"""From a listing to the words one would type for it, and what differs between two versions of them."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from marketplace.address.forms import DEEPEST
from marketplace.catalogue.models import Product
from marketplace.core import areas
from marketplace.core.text import is_english, package_words

from .fields import TypedDecimal, TypedInteger
from .forms import GRAMS, LABEL_FIELDS, ListingForm, WeightUnit
from .models import FoodLabel
from .packs import FIELDS, MORE

AREA_FIELDS = tuple(f"area-{depth}" for depth in range(DEEPEST))
NAMES = (*(name for name in ListingForm.base_fields if name != "area"), *AREA_FIELDS)
LONGEST = 5000
USUAL_CONTAINER = "袋"
WEIGHTS = ("weight", *(f"weight_{number}" for number in MORE))
"""Typed in the unit that the form says once for all."""
HARMLESS = frozenset({"season_from", "season_to", "all_year", "freight_template", "shelf_days", "storage"})
"""A change of these needs no review."""


def words_in(post) -> dict[str, str]:
    """What a form sent, by the names we know, kept as it was typed."""
    return {name: post[name].replace("\x00", "")[:LONGEST] for name in NAMES if post.get(name, "") != ""}


def usual_words(seller, category: str = "") -> dict[str, str]:
    """What an empty form begins with."""
    template = seller.freight_templates.order_by("id").first()
    words = {
        "weight_unit": WeightUnit.JIN,
        "container": USUAL_CONTAINER,
        "ship_mode": Product.ShipMode.AMBIENT,
        "all_year": "on",
        "category": category,
        "freight_template": str(template.pk) if template else "",
    }
    return {name: value for name, value in words.items() if value} | area_words(seller.area)


def area_words(code: str) -> dict[str, str]:
    return {f"area-{depth}": area.code for depth, area in enumerate(areas.path(code))} if code else {}


def words_of(product: Product) -> dict[str, str]:
    """What one would have typed for this product, price and stock included where it has one pack."""
    category = product.categories.first()
    words = {
        "title": product.title,
        "title_en": product.title_en,
        "description": plain_text(product.description),
        "description_en": plain_text(product.description_en),
        "category": category and category.pk,
        "producer": product.producer_id,
        "freight_template": product.freight_template_id,
        "season_from": product.season_from,
        "season_to": product.season_to,
        "shelf_days": product.shelf_days,
        "storage": product.storage,
        "ship_mode": product.ship_mode,
        "all_year": "on" if product.all_year else "",
        "weight_is_about": "on" if product.weight_is_about else "",
        "return_exempt": "on" if product.return_exempt else "",
    }
    words |= label_words(product) | (packs_words(product) if product.is_parent else pack_words(product))
    return {name: str(value) for name, value in words.items() if value not in {None, ""}} | area_words(product.origin)


def pack_words(pack: Product) -> dict:
    """The pack, its price and what of it is free to sell."""
    weight, unit = weight_words(pack.net_weight_g or 0)
    container = pack.pack.rpartition("/")[2] if "/" in pack.pack else ""
    container = container if 0 < len(container) <= 8 else USUAL_CONTAINER
    usual = pack.pack == pack_label(pack.net_weight_g or 0, container)
    return {
        "weight": weight,
        "weight_unit": unit,
        "container": container,
        "spec": "" if usual else pack.pack,
        "price": pack.price,
        "stock": pack.available if pack.stock else "",
    }


def packs_words(product: Product) -> dict:
    """The first packs of several, all weighed in the same unit."""
    first, *more = product.packs[: len(MORE) + 1] or [None]
    if first is None:
        return {}
    words = pack_words(first)
    unit = WeightUnit.G if words["weight_unit"] == WeightUnit.G else WeightUnit.KG
    for number, pack in zip(MORE, more, strict=False):
        weight = f"{(Decimal(pack.net_weight_g or 0) / GRAMS[unit]).normalize():f}"
        words |= {
            f"weight_{number}": weight,
            f"price_{number}": pack.price,
            f"stock_{number}": pack.available if pack.stock else "",
        }
    return words


def weight_words(grams: int) -> tuple[str, str]:
    """5000 → ("5", kg); 250 → ("250", g)."""
    if grams < 1000:
        return (str(grams) if grams else ""), WeightUnit.G
    return f"{(Decimal(grams) / 1000).normalize():f}", WeightUnit.KG


def pack_label(grams: int, container: str) -> str:
    """5kg/袋: always in kilograms or grams, as labels must say."""
    weight, unit = weight_words(grams)
    return f"{weight}{unit}/{container}"


def label_words(product: Product) -> dict:
    """What stands on the label of prepacked food; empty for other goods."""
    label = FoodLabel.objects.filter(product=product).first() if product.pk else None
    return {"prepacked": "on"} | {name: getattr(label, name) for name in LABEL_FIELDS} if label else {}


def plain_text(html: str) -> str:
    """A description as text to type on; paragraphs become lines."""
    return strip_tags((html or "").replace("</p>", "\n").replace("<br>", "\n")).strip()


@dataclass(frozen=True)
class Difference:
    """One field as it is and as it would be, in words for people."""

    name: str
    label: str
    before: str
    after: str

    @property
    def is_risky(self) -> bool:
        return self.name not in HARMLESS


def differences(before: dict[str, str], after: dict[str, str], form: ListingForm) -> list[Difference]:
    """The fields of ``form`` whose words differ, in the form's order, further packs last."""
    found = []
    for name, field in sorted(form.fields.items(), key=lambda each: each[0] in FIELDS):
        if name != "weight_unit" and value(before, name, form) != value(after, name, form):
            found.append(Difference(name, str(field.label), said(before, name, form), said(after, name, form)))
    return found


def value(words: dict[str, str], name: str, form: ListingForm):
    """What a field says however it is written: 2.5 kg is 5 jin, 59.9 is 59.90. Its words where it says no number."""
    field = form.fields[name]
    if isinstance(field, TypedDecimal | TypedInteger):
        try:
            number = field.to_python(words.get(name, ""))
        except ValidationError:
            number = None
        if number is not None:
            return number * GRAMS.get(words.get("weight_unit", ""), 1) if name in WEIGHTS else number
    return said(words, name, form)


def said(words: dict[str, str], name: str, form: ListingForm) -> str:
    """A field's value as people read it."""
    field = form.fields[name]
    if name == "area":
        code = field.widget.value_from_datadict(words, {}, "area")
        return areas.full_name(code, language="en" if is_english() else "zh") if code else ""
    typed = words.get(name, "")
    if name == "container":
        return package_words(typed)
    if name in WEIGHTS and typed:
        return f"{typed} {said(words, 'weight_unit', form)}"
    if field.widget.__class__.__name__ == "CheckboxInput":
        return _("Yes") if typed else _("No")
    choices = getattr(field, "choices", None)
    if choices is not None:
        return next((str(text) for value, text in choices if str(value) == typed), typed)
    return typed.replace("\r\n", "\n").strip()
