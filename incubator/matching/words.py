"""Codes of an explanation in the reader's language."""

from incubator.members.words import Category, Scheme
from marketplace.core import areas

LABELS = {choice.value: choice.label for choices in (Category, Scheme) for choice in choices}


def in_words(code: str) -> str:
    """What a reader calls a category, a certificate or a place; anything else as it is."""
    if code in LABELS:
        return str(LABELS[code])
    return place(code) if code.isdigit() else code


def place(code: str) -> str:
    """A county by its own name."""
    try:
        area = areas.get(code)
    except areas.UnknownArea:
        return code
    return area.display_name
