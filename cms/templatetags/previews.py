"""The blocks of pages in the gallery of components."""

from django import template

from cms import previews

register = template.Library()


@register.simple_tag
def block_previews() -> list:
    return list(previews.all_blocks())
