"""Links of the operators' dashboard are shown to whoever may follow them."""

from django import template

from marketplace.dashboard import access

register = template.Library()


@register.simple_tag(takes_context=True)
def may_open(context, url_name: str) -> bool:
    """True if the reader may open this page of the dashboard."""
    return access.is_shown(context["request"].user, url_name)
