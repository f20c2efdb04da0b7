"""Texts that exist in Chinese and may exist in English, and texts that people typed."""

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
