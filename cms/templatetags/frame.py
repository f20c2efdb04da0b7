"""The menu and footer of every page. The shop's own code knows nothing of who writes them."""

from django import template

from cms import frame
from marketplace.core.stamps import PAGES

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context) -> frame.Shown:
    marks = getattr(context.get("request"), "marks", None)
    return frame.current(None if marks is None else marks.get(PAGES, ""))
