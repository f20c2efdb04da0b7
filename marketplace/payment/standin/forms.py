"""Stripe's way to send nested values in a form: ``a[b][0][c]=1``."""

from typing import Any
from urllib.parse import parse_qsl


def nested(text: str) -> dict[str, Any]:
    """The values of a form as dictionaries and lists.

    >>> nested("line_items[0][quantity]=1&metadata[a]=b&types[0]=x")
    {'line_items': [{'quantity': '1'}], 'metadata': {'a': 'b'}, 'types': ['x']}
    """
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        first, *rest = name.replace("]", "").split("[")
        place, key = found, first
        for step in rest:
            place = place.setdefault(key, {})
            key = step if step else str(len(place))
        place[key] = value
    return {key: listed(value) for key, value in found.items()}


def listed(value: Any) -> Any:
    """Dictionaries whose keys count from 0 become lists."""
    if not isinstance(value, dict):
        return value
    inner = {key: listed(each) for key, each in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner
