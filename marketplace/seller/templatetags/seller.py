"""What the frame of the seller centre needs to know."""

from django import template

from marketplace.seller import tabs
from marketplace.seller.access import memberships_of

register = template.Library()


@register.simple_tag(takes_context=True)
def seller_tabs(context) -> list[dict]:
    """The tab bar for the member who looks at the page; empty for somebody who has no seller yet."""
    request = context["request"]
    member = getattr(request, "member", None)
    return tabs.tabs_for(member, request.path) if member else []


@register.simple_tag(takes_context=True)
def sellers_of_mine(context) -> list:
    """The sellers a person may switch between; empty where there is nothing to choose."""
    members = memberships_of(context["request"].user)
    return [member.seller for member in members] if len(members) > 1 else []


BAR_STEP, BAR_FOOT, BAR_MOST, BAR_LEAST = 44, 100, 78, 2


@register.simple_tag
def week_bars(days) -> list[dict]:
    """The bars of the days' packs in a drawing 316 wide and 122 high; the highest day fills it, none is a hairline."""
    most = max((day.packs for day in days), default=0) or 1
    heights = [max(BAR_LEAST, BAR_MOST * day.packs // most) for day in days]
    return [
        {
            "left": 10 + BAR_STEP * number,
            "top": BAR_FOOT - height,
            "height": height,
            "above": BAR_FOOT - height - 6,
            "packs": day.packs,
            "weekday": day.weekday,
        }
        for number, (day, height) in enumerate(zip(days, heights, strict=True))
    ]
