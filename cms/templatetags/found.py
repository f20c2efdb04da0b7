"""Pages beside goods: one box searches both."""

from django import template
from modelsearch.backends import get_search_backend
from wagtail.models import Locale, Page

register = template.Library()

SHOWN = 5
HOME_DEPTH = 2


@register.inclusion_tag("cms/found.html")
def pages_found(query: str) -> dict:
    """Live pages in the reader's language that answer the query: stories, courses, lessons, news. Nothing that a reader
    may not open is named."""
    if not query:
        return {"pages": []}
    wanted = Page.objects.live().public().filter(locale=Locale.get_active(), depth__gt=HOME_DEPTH)
    found = get_search_backend().search(query, wanted)[:SHOWN]
    return {"pages": [(page.title, page.url_path.split("/", 2)[2], kind_of(page)) for page in found]}


def kind_of(page: Page) -> str:
    """What kind of page it is, in words."""
    return str(page.page_type_display_name)
