"""Codes of orders as words: `{% load order_words %}`."""

import json

from django import template

from marketplace.order.carriers import LIKELY, name_of
from marketplace.order.states import OrderState
from marketplace.payment import providers

register = template.Library()


@register.filter
def carrier(code):
    """The courier's name."""
    return name_of(code)


@register.filter
def order_state(code):
    """The state's name; empty for an unknown one."""
    return OrderState(code).label if code in OrderState.values else ""


@register.filter
def order_tag(code):
    """The kind of tag a state wears: waiting, done, or neither."""
    if code == OrderState.COMPLETED:
        return "go"
    return "" if code == OrderState.CLOSED else "wait"


@register.filter
def payment_method(code):
    """The way to pay, by name; the code itself if it is no longer on offer."""
    try:
        return providers.get(code).label
    except KeyError:
        return code


@register.simple_tag
def likely_carriers() -> str:
    """What couriers' numbers look like, as JSON for js/ship.js."""
    return json.dumps([[carrier.value, pattern] for carrier, pattern in LIKELY])
