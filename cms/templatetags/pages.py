"""What templates of pages need."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from cms.pictures import SIZES, sizes_of
from cms.written import clean

register = template.Library()


@register.filter
def written(html: str) -> SafeString:
    """Text an editor wrote, cleaned once more before it is shown."""
    return mark_safe(expand_db_html(clean(str(html or ""))))


@register.simple_tag
def page_picture(picture, alt: str = "", sizes: str = "100vw", *, eager: bool = False) -> SafeString:
    """A picture of a page in the two sizes we keep; its own words where no others are given."""
    if not picture:
        return mark_safe("")
    sizes_kept = sizes_of(picture)
    small, large = (sizes_kept[name] for name in SIZES)
    said = "" if getattr(picture, "decorative", False) else alt or picture.default_alt_text
    return format_html(
        '<img src="{}" srcset="{} {}w, {} {}w" sizes="{}" width="{}" height="{}" alt="{}"{} decoding="async">',
        small.url,
        small.url,
        small.width,
        large.url,
        large.width,
        sizes,
        large.width,
        large.height,
        said,
        mark_safe(' fetchpriority="high"' if eager else ' loading="lazy"'),
    )


@register.simple_tag(takes_context=True)
def picture_address(context, picture) -> str:
    """Where others find a picture of ours, with the host."""
    return context["request"].build_absolute_uri(sizes_of(picture)[SIZES[1]].url)
