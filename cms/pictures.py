"""Pictures of pages: as large as a phone needs them, fetched for a whole page at once."""

from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images.models import AbstractImage, Image, Rendition

SIZES = ("width-400|format-webp", "width-800|format-webp")
"""What a page shows: small and large."""


def fetch_sizes(pictures: Iterable[AbstractImage | None]) -> None:
    """Know the stored sizes of these pictures in one query, however many there are."""
    found = [picture for picture in pictures if isinstance(picture, Image)]
    sizes = Rendition.objects.filter(filter_spec__in=SIZES)
    prefetch_related_objects(found, Prefetch("renditions", sizes, to_attr="prefetched_renditions"))


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
