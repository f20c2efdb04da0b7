"""How prices are drawn."""

from decimal import Decimal
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def price_parts(amount: Decimal) -> SafeString:
    """¥59.90 with the sign and the fen small."""
    whole, fen = f"{Decimal(amount):,.2f}".split(".")
    return format_html("<i>¥</i><b>{}</b><small>.{}</small>", whole, fen)


@register.simple_tag
def price_line(price, unit_price=None, *, about: bool = False, size: str = "", was=None) -> SafeString:
    """components/price.html, drawn once for each amount and language: the same prices stand on every shelf."""
    return _price_line(price, unit_price, about, size, was, get_language())


@lru_cache(maxsize=4096)
def _price_line(price, unit_price, about: bool, size: str, was, _language: str) -> SafeString:
    told = {"price": price, "unit_price": unit_price, "about": about, "size": size, "was": was}
    return render_to_string("components/price.html", told)
