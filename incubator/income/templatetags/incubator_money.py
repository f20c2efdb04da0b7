"""Fen as a reader sees them; what nobody knows prints 未知."""

from django import template
from django.utils.translation import gettext as _

from marketplace.core.money import to_yuan
from marketplace.core.templatetags.yanxing import yuan

register = template.Library()


@register.filter
def fen(amount: int | None) -> str:
    """¥1,234.50, or 未知."""
    return _("Unknown") if amount is None else yuan(to_yuan(amount))


@register.filter
def cost(costs, kind: str) -> str:
    """One kind of cost of a line."""
    return fen(costs.get(kind))
