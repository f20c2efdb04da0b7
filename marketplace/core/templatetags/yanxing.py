"""Filters and tags every template has."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from django import template
from django.conf import settings
from django.templatetags.static import static as address_of_static
from django.urls import translate_url
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core import areas, season
from marketplace.core.images import picture_url
from marketplace.core.text import clean_rich, pack_words

register = template.Library()
register.filter("in_words", pack_words)

KG_G = 1000
UNKNOWN = "—"
DJANGO_ROWS, FEW_ROWS = "10", "3"
"""A text box is as high as Django makes it only where the form says so."""


@register.filter
def yuan(amount: Decimal | None) -> str:
    """¥1,234.50; a dash for an amount nobody knows."""
    if amount is None or amount == "":
        return UNKNOWN
    amount = Decimal(amount)
    return f"{'-' if amount < 0 else ''}¥{abs(amount):,.2f}"


@register.filter
def weight(grams: int | None) -> str:
    """5000 → 5 kg, 2500 → 2.5 kg, 250 → 250 g, a ton → 1,000 kg; empty when unknown."""
    if not grams:
        return ""
    if grams < KG_G:
        return f"{grams} g"
    return f"{(Decimal(grams) / KG_G).normalize():,f} kg"


@register.filter
def grouped(number: int) -> str:
    """1360 → 1,360."""
    return f"{number:,}"


@register.filter
def season_months(good) -> frozenset[int]:
    """The harvest months of a product, or of a listing, which keeps them as bits."""
    return season.unmask(good.season) if isinstance(good.season, int) else good.season


@register.simple_tag
def season_ruler(good, *, numbered: bool = False) -> SafeString:
    """Twelve months of the year in which the good is harvested, the present one ringed."""
    bits = good.season if isinstance(good.season, int) else season.mask(good.season)
    return _ruler(bits, timezone.localdate().month, numbered, get_language() or "")


@lru_cache(maxsize=1024)
def _ruler(bits: int, now: int, numbered: bool, language: str) -> SafeString:
    months = season.unmask(bits)
    cells = format_html_join(
        "",
        '<i class="m{}{}{}">{}</i>',
        (
            (month, " on" if month in months else "", " now" if month == now else "", month if numbered else "")
            for month in range(1, 13)
        ),
    )
    label = _("Season: %(months)s. It is %(now)s now.") % {"months": spell_months(months), "now": MONTHS[now]}
    return format_html(
        '<span class="season{}" role="img" aria-label="{}">{}</span>', " season--l" if numbered else "", label, cells
    )


def spell_months(months: frozenset[int]) -> str:
    """October to March; an unbroken run is named by its ends, anything else month by month."""
    starts = [month for month in sorted(months) if (month - 2) % 12 + 1 not in months]
    if len(months) == 12 or not months:
        return _("all year") if months else _("unknown")
    if len(starts) > 1 or len(months) == 1:
        return ", ".join(str(MONTHS[month]) for month in sorted(months))
    last = (starts[0] + len(months) - 2) % 12 + 1
    return _("%(first)s to %(last)s") % {"first": MONTHS[starts[0]], "last": MONTHS[last]}


@register.filter
def month_name(month: int) -> str:
    """11 → November, in the reader's language."""
    return str(MONTHS[month])


@register.filter
def in_season(good) -> bool:
    """True if the good is harvested in the present month."""
    return timezone.localdate().month in season_months(good)


@register.simple_tag
@lru_cache(maxsize=1024)
def static(path: str) -> str:
    """The address of a file of ours, as Django's tag of this name says it: every page asks thirty times, and none changes."""
    return address_of_static(path)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A symbol of the sprite, for the eye only: words or a label stand beside it. Sizes: "s", "l"."""
    return _icon(name, size, static("marketplace/img/icons.svg"))


@lru_cache(maxsize=256)
def _icon(name: str, size: str, sprite: str) -> SafeString:
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', f" i--{size}" if size else "", sprite, name
    )


@register.simple_tag
def picture(
    name: str, alt: str = "", sizes: str = "100vw", *, width: int = 800, height: int = 800, eager: bool = False
):
    """An uploaded picture in the two sizes we keep; ``width`` and ``height`` reserve its place on the page."""
    if not name:
        return ""
    return format_html(
        '<img src="{small}" srcset="{small} 400w, {large} {width}w" sizes="{sizes}" '
        'width="{width}" height="{height}" alt="{alt}"{loading} decoding="async">',
        small=picture_url(name, small=True),
        large=picture_url(name),
        sizes=sizes,
        width=width,
        height=height,
        alt=alt,
        loading=mark_safe(' fetchpriority="high"' if eager else ' loading="lazy"'),
    )


@register.filter
def whole_picture(name: str) -> str:
    """The address of an uploaded picture as it was stored."""
    return picture_url(name)


@register.filter
def small_picture(name: str) -> str:
    """The address of the small size of an uploaded picture."""
    return picture_url(name, small=True)


@register.filter
def rich(html: str) -> SafeString:
    """Text somebody typed with plain formatting, cleaned once more before it is shown."""
    return mark_safe(clean_rich(html))


@register.filter
def place(code: str) -> str:
    """Province and place as people say it: 黑龙江 · 讷河; Nehe, Heilongjiang. Empty for an unknown code."""
    return _place(code or "", (get_language() or "").startswith("en"))


@lru_cache(maxsize=4096)
def _place(code: str, english: bool) -> str:
    try:
        ends = dict.fromkeys((areas.province_of(code), areas.get(code)))
    except (areas.UnknownArea, KeyError):
        return ""
    if english:
        return ", ".join(area.name_en for area in reversed(ends))
    return " · ".join(area.short_name for area in ends)


@register.simple_tag(takes_context=True)
def in_language(context, code: str, *, absolute: bool = False) -> str:
    """The address of this same page in another language; with ``absolute`` for search engines, without the query."""
    request = context["request"]
    there = _translated(request.path, get_language(), code)
    if absolute:
        return request.build_absolute_uri(there)
    query = request.META.get("QUERY_STRING", "")
    return f"{there}?{iri_to_uri(query)}" if query else there


@lru_cache(maxsize=1024)
def _translated(path: str, _from: str, code: str) -> str:
    """A path in another language. Every page asks five times, and which path leads where does not change."""
    return translate_url(path, code)


@register.simple_tag(takes_context=True)
def absolute_static(context, path: str) -> str:
    """A file of ours with its host, for those who show our pages elsewhere."""
    return context["request"].build_absolute_uri(static(path))


@register.simple_tag
def other_language() -> str:
    """The code of the language the reader is not reading."""
    current = get_language()
    return next(code for code, _name in settings.LANGUAGES if code != current)


@register.simple_tag
def field_box(field) -> dict:
    """How a bound field is drawn: its kind, the control itself, and the ids of hint and errors that describe it."""
    hint_id, error_id = f"{field.auto_id}-hint", f"{field.auto_id}-errors"
    kind = getattr(field.field.widget, "input_type", "")
    is_group = getattr(field.field.widget, "template_name", "").endswith(("radio.html", "checkbox_select.html"))
    described_by = " ".join(filter(None, (hint_id if field.help_text else "", error_id if field.errors else "")))
    marks = {"aria-describedby": described_by} if described_by else {}
    if field.errors:
        marks["aria-invalid"] = "true"
    if field.field.widget.attrs.get("rows") == DJANGO_ROWS:
        marks["rows"] = FEW_ROWS
    for choice in field.subwidgets if is_group else ():
        choice.data["attrs"].pop("required", None)  # chips hide their circles, so a browser's own reminder has no place
    if kind != "checkbox":
        marks["class"] = f"input {field.field.widget.attrs.get('class', '')}".strip()
    return {
        "is_hidden": field.is_hidden,
        "is_tick": kind == "checkbox" and not is_group,
        "is_group": is_group,
        "input": "" if is_group else field.as_widget(attrs=marks),
        "hint_id": hint_id,
        "error_id": error_id,
        "described_by": described_by,
    }
