"""Pictures of pages: as large as a phone needs them, fetched for a whole page at once."""

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images.models import AbstractImage, Image, Rendition
from wagtail.models import Page

from marketplace.core.statements import OfMany

SIZES = ("width-400|format-webp", "width-800|format-webp")
"""What a page shows: small and large."""
DRAWN = OfMany(
    lambda *images: Rendition.objects.filter(filter_spec__in=SIZES, image__in=images).select_related("image"), int
)


def fetch_sizes(pictures: Iterable[AbstractImage | None]) -> None:
    """Know the stored sizes of these pictures in one query, however many there are."""
    found = [picture for picture in pictures if isinstance(picture, Image)]
    sizes = Rendition.objects.filter(filter_spec__in=SIZES)
    prefetch_related_objects(found, Prefetch("renditions", sizes, to_attr="prefetched_renditions"))


def fetch_for(pages: Iterable[Page]) -> None:
    """The pictures of pages' cards and their stored sizes, in one query. A picture that was not drawn in these sizes yet is
    asked for by itself, once."""
    shown = [page for page in pages if page.picture_id]
    drawn: dict[int, AbstractImage] = {}
    for size in DRAWN.rows(page.picture_id for page in shown):
        picture = drawn.setdefault(size.image_id, size.image)
        picture.prefetched_renditions = [*getattr(picture, "prefetched_renditions", ()), size]
    for page in shown:
        if page.picture_id in drawn:
            page.picture = drawn[page.picture_id]


def fetch_all_of(page: Page) -> None:
    """The picture of a page and those in its text, with their stored sizes."""
    fetch_for([page])
    fetch_sizes(of_stream(page.body))


def sizes_of(picture) -> dict[str, Rendition]:
    """Both sizes by their name. Those fetched before are taken as they are: neither depends on what is cut off, which Wagtail
    would work out for each anew."""
    known = {size.filter_spec: size for size in getattr(picture, "prefetched_renditions", ())}
    return known if known.keys() >= set(SIZES) else picture.get_renditions(*SIZES)


def of_stream(stream) -> list[AbstractImage]:
    """The pictures of a page's blocks, nested ones included."""
    return [picture for child in stream for picture in of_value(child.value)]


def of_value(value) -> list[AbstractImage]:
    if isinstance(value, AbstractImage):
        return [value]
    if hasattr(value, "values"):
        return [picture for part in value.values() for picture in of_value(part)]
    if isinstance(value, list | tuple):
        return [picture for part in value for picture in of_value(part)]
    return []
