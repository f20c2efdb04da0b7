"""Sample data for the gallery of components: made up, marked as such, and never written anywhere."""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import areas, season

COLOURS = ("frost-1", "ink", "goose", "kaki", "rice", "bean", "plum")
SPRITE = settings.ASSETS_DIR / "img" / "icons.svg"
DRAWN_ONCE = {"mark", "wordmark", "geese"}
XINFENG = "360722"
DONGNING = "231086"


@dataclass(frozen=True)
class SampleListing:
    """What a product card reads of a listing."""

    pk: int
    slug: str
    display_title: str
    cover: str
    origin: str
    season: int
    price: Decimal
    unit_price: Decimal | None
    weight_is_about: bool = False
    cover_is_sample: bool = True
    is_in_stock: bool = True
    certificates: int = 0

    @property
    def cover_url(self):
        return static(f"marketplace/img/{self.cover}")


class SampleForm(forms.Form):
    """One field of each kind; bound with too short a number, so that an error shows."""

    recipient = forms.CharField(label=gettext_lazy("Recipient"))
    mobile = forms.CharField(
        label=gettext_lazy("Mobile number"),
        min_length=11,
        help_text=gettext_lazy("The courier calls this number."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    price = forms.DecimalField(label=gettext_lazy("Price"), required=False)
    note = forms.CharField(label=gettext_lazy("Note to seller"), required=False, widget=forms.Textarea)
    pack = forms.ChoiceField(
        label=gettext_lazy("Specification"),
        choices=[("5", "5 kg"), ("10", "10 kg")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=gettext_lazy("I have read this"), required=False)


class SampleAddress(forms.Form):
    """The fields of an address, with a plain list where the real form has the picker of places."""

    name = forms.CharField(label=gettext_lazy("Recipient"))
    mobile = forms.CharField(label=gettext_lazy("Mobile number"))
    area = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=[("", gettext_lazy("Choose a province"))],
        widget=forms.Select({"aria-label": gettext_lazy("Region")}),
    )
    detail = forms.CharField(label=gettext_lazy("Detailed address"))


def sample_page() -> dict:
    """Everything the gallery shows, in the reader's language."""
    return {
        "colours": COLOURS,
        "icons": icons(),
        "form": SampleForm({"recipient": _("Sample person"), "mobile": "1380000", "pack": "5"}),
        "amounts": [
            {"price": Decimal("59.90"), "unit": Decimal("5.99"), "size": "l"},
            {"price": Decimal("39.90"), "unit": Decimal("79.80"), "size": "", "was": Decimal("45.00")},
            {"price": Decimal("1267.40"), "unit": None, "size": "ink"},
        ],
        "listings": listings(),
        "chain": chain(),
        "steps": steps(),
        "tabs": tabs(),
        "page": Paginator(range(48), 12).page(2),
        "address": SampleAddress(auto_id="sample_%s"),
        "places": places(),
        "category": {"slug": "sample", "pk": 1, "display_name": _("Sample oranges 5 kg")},
        "shop": {"get_absolute_url": "#", "display_name": _("Sample grain shop"), "area": XINFENG},
        "crumbs": [{"text": _("Home"), "href": "#"}, {"text": _("Categories"), "href": "#"}],
    }


@cache
def icons() -> list[str]:
    """The names of the symbols in the sprite."""
    names = re.findall(r'<symbol id="i-([a-z]+)"', SPRITE.read_text(encoding="utf-8"))
    return [name for name in names if name not in DRAWN_ONCE]


def listings() -> list[SampleListing]:
    """An orange in the months it is picked, and mushrooms that are sold out."""
    winter, autumn = season.mask(season.months(11, 1)), season.mask(season.months(9, 10))
    oranges = SampleListing(
        1,
        "sample",
        _("Sample oranges 5 kg"),
        "sample-orange.webp",
        XINFENG,
        winter,
        Decimal("52.80"),
        Decimal("5.28"),
        True,
    )
    fungus = SampleListing(
        2,
        "sample",
        _("Sample wood ear 250 g"),
        "sample-woodear.webp",
        DONGNING,
        autumn,
        Decimal("39.90"),
        Decimal("79.80"),
        is_in_stock=False,
    )
    return [oranges, fungus]


def chain() -> list[dict]:
    return [
        {"title": _("Sample grain shop"), "note": _("Seller"), "icon": "shop", "state": "here", "href": "#chain"},
        {"title": _("Milling and packing"), "note": _("Lot of a sample"), "icon": "box"},
        {"title": _("Sowing"), "state": "unknown"},
    ]


def steps() -> list[dict]:
    now = timezone.now()
    return [
        {"text": _("In transit"), "at": now, "state": "here"},
        {"text": _("Picked up"), "at": now - timedelta(days=1), "state": "done"},
    ]


def places() -> list[dict]:
    """The first two lists of the picker of places."""
    province, city = areas.path(XINFENG)[:2]
    return [
        {
            "label": _("Province"),
            "name": "sample-0",
            "options": [(province.code, province.name)],
            "chosen": province.code,
        },
        {"label": _("City"), "name": "sample-1", "options": [(city.code, city.name)], "chosen": ""},
    ]


def tabs() -> list[dict]:
    return [
        {"text": _("All"), "href": "#tabs", "current": True, "count": None},
        {"text": _("Awaiting payment"), "href": "#tabs", "current": False, "count": 2},
        {"text": _("Awaiting shipment"), "href": "#tabs", "current": False, "count": None},
        {"text": _("Completed"), "href": "#tabs", "current": False, "count": None},
    ]
