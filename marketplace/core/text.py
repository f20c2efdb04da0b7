"""Texts that exist in Chinese and may exist in English, and texts that people typed."""

import re
import unicodedata
from collections.abc import Callable

import nh3
from django.db.models import Model, TextChoices
from django.utils.translation import get_language

RICH_TAGS = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "h3", "h4", "blockquote", "table", "tr", "td", "th"}


def is_english() -> bool:
    """True if the reader reads English."""
    return (get_language() or "").startswith("en")


def words_of(field: str, choices: type[TextChoices]) -> Callable[[Model], str]:
    """A model's ``get_<field>_display`` for lists of many: Django's own makes a dictionary of all choices each time."""
    known = {choice.value: choice.label for choice in choices}
    return lambda record: str(known.get(getattr(record, field), getattr(record, field)))


def localized(record, field: str) -> str:
    """The English column beside ``field`` when the reader reads English and it is filled in; otherwise ``field`` itself."""
    if is_english():
        return getattr(record, f"{field}_en") or getattr(record, field)
    return getattr(record, field)


PACKAGES = {
    "袋": "bag",
    "箱": "box",
    "盒": "pack",
    "罐": "jar",
    "坛": "crock",
    "块": "piece",
    "瓶": "bottle",
    "包": "packet",
    "桶": "bucket",
    "份": "portion",
}


def package_of(typed: str) -> str:
    """The package as it is kept, whatever language it was typed in: bag → 袋. What we have no word for stays as it is."""
    said = typed.strip()
    return next((package for package, english in PACKAGES.items() if english == said.lower()), said)


def package_words(package: str) -> str:
    """A package in the reader's language: 袋 → bag."""
    kept = package_of(package)
    return PACKAGES.get(kept, kept) if is_english() else kept


def pack_words(pack: str) -> str:
    """A pack as its seller typed it, said in English to an English reader where that can be done word for word.

    5kg/袋 → 5kg bag; 5kg/箱(12-15枚) → 5kg box (12-15 pieces). Anything else stays as it was typed.
    """
    if not is_english():
        return pack
    said = re.sub(r"(?<![\d-])1[个枚只]", "1 piece", pack)
    said = re.sub(r"(\d)[个枚只]", r"\1 pieces", said)
    said = re.sub(rf"/([{''.join(PACKAGES)}])", lambda found: f" {PACKAGES[found[1]]}", said)
    return said.replace("约", ", about ").replace("(", " (") if said != pack else pack


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
