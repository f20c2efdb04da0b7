"""Stories where the shop shows them. The shop's own code knows nothing of this."""

from django import template
from django.utils.translation import get_language

from cms import pictures
from cms.models import StoryPage
from marketplace.core.statements import Statement

register = template.Library()

SHOWN = 3
READ = ("title", "slug", "person", "is_sample", "picture", "picture_alt")

OF_SELLER = Statement(
    lambda seller, language: (
        StoryPage.objects.live()
        .filter(seller=seller, locale__language_code=language)
        .only(*READ)
        .order_by("-first_published_at")[:SHOWN]
    ),
    int,
    str,
)


@register.inclusion_tag("cms/stories/of_seller.html")
def stories_of(seller, *, pictured: bool = False) -> dict:
    """The live stories of a seller in the reader's language: one query, and one more where pictures are shown."""
    stories = OF_SELLER.rows(seller.pk, get_language())
    if pictured:
        pictures.fetch_for(stories)
    return {"stories": stories, "pictured": pictured}
