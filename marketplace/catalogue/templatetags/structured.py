"""Facts for search engines: `{% load structured %}`."""

import json

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

# What could end the element or open another; the same as Django's own json_script escapes.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def linked_data(facts):
    """A JSON-LD block; data, not script: browsers never run it."""
    text = json.dumps(facts, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
