"""The navigation of the workspace, and words its pages share."""

from django import template
from django.utils.translation import get_language

from incubator import shell
from marketplace.core import areas

register = template.Library()


@register.simple_tag(takes_context=True)
def incubator_sections(context) -> list[dict]:
    """Links of the navigation for the person who looks: each with href, label, icon and current."""
    request = context.get("request")
    if request is None:
        return []
    found = shell.sections(shell.audience_of(request.user))
    here = shell.current(request.path, found)
    return [
        {"href": section.href, "label": section.label, "icon": section.icon, "current": section == here}
        for section in found
    ]


@register.filter
def county(code: str) -> str:
    """甘南县; Gannan. The place itself without its province, for lists within one city."""
    try:
        area = areas.get(code or "")
    except areas.UnknownArea:
        return ""
    return area.display_name


@register.filter
def counties(codes) -> str:
    """Several places: 甘南县、讷河市; Gannan, Nehe."""
    separator = ", " if (get_language() or "").startswith("en") else "、"
    return separator.join(filter(None, (county(code) for code in codes)))


@register.filter
def listed(words) -> str:
    """Words as a reader's language strings them together: 大米、豆油; rice, oil."""
    separator = ", " if (get_language() or "").startswith("en") else "、"
    return separator.join(str(word) for word in words)


@register.filter
def tonnes(value) -> str:
    """120.0 → 120 t; 1.3 → 1.3 t; empty for nothing known."""
    if value is None or value == "":
        return ""
    number = f"{value:,.1f}".removesuffix(".0")
    return f"{number} t" if (get_language() or "").startswith("en") else f"{number} 吨"


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The present question of the address with some parts changed (empty: taken out): ``?q=rice&page=2``."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"
