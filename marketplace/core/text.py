"""Texts that exist in Chinese and may exist in English, and texts that people typed."""

import re
import unicodedata

import nh3
from django.utils.translation import get_language

RICH_TAGS = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "h3", "h4", "blockquote", "table", "tr", "td", "th"}


def is_english() -> bool:
    """True if the reader reads English."""
    return (get_language() or "").startswith("en")


def localized(record, field: str) -> str:
    """The English column beside ``field`` when the reader reads English and it is filled in; otherwise ``field`` itself."""
    if is_english():
        return getattr(record, f"{field}_en") or getattr(record, field)
    return getattr(record, field)


def clean_rich(html: str) -> str:
    """Typed HTML reduced to plain formatting: no links, no attributes, no script. Safe to call twice."""
    return nh3.clean(html or "", tags=RICH_TAGS, attributes={}, link_rel=None)


_MOBILE = re.compile(
    r"(?<![\d.])(?:\+?86[- ]?)?(1[3-9]\d)[- .·]?(\d{4})[- .·]?(\d{4})(?!\d)|(?<!\d)1(?:[ -]\d){10}(?!\d)"
)


def mask_numbers(text: str) -> str:
    """Typed text with the middle of every mobile number hidden: 138 0000 0001 → 138****0001.

    Digits of any width count, so do blanks, dots and hyphens between them. Longer numbers (orders, parcels) stay.
    """
    return _MOBILE.sub(_masked, _narrow_digits(text or ""))


def _masked(found: re.Match) -> str:
    digits = re.sub(r"\D", "", found[0])[-11:]
    return f"{digits[:3]}****{digits[-4:]}"


def _narrow_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign for sign in text)
