"""Pictures people upload and the sizes we show.

Every picture is stored twice: ``NAME.webp`` (long side at most 1,200 px) and, beside it, ``NAME-400.webp``. The names
follow from each other, so a page builds addresses without asking the disk or the database. What is stored is drawn
anew from the pixels: no metadata, no place where it was taken, nothing hidden behind the picture survives.
"""

import uuid
from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
LONG_SIDE = 1200
SMALL_SIDE = 400
QUALITY = 80


class UnusablePicture(Exception):
    """The file cannot become a picture here; ``for_people`` says why."""

    def __init__(self, for_people: str):
        super().__init__(for_people)
        self.for_people = for_people


def small_name(name: str) -> str:
    """goods/a1.webp → goods/a1-400.webp."""
    stem, _dot, extension = name.rpartition(".")
    return f"{stem}-400.{extension}"


def picture_url(name: str, *, small: bool = False) -> str:
    """The address of a stored picture; empty for an empty name."""
    if not name:
        return ""
    return default_storage.url(small_name(name) if small else name)


def read(file) -> Image.Image:
    """The pixels of an uploaded photo, upright and opaque. Raises UnusablePicture for anything too large or no photo.

    Size in bytes and pixels is tested before a pixel is decoded, so a small file that swells costs nothing.
    """
    if file.size > settings.UPLOAD_MAX_BYTES:
        raise UnusablePicture(_("The picture is larger than 10 MB. Please choose a smaller one."))
    try:
        picture = Image.open(file, formats=FORMATS)
        if picture.width * picture.height > settings.UPLOAD_MAX_PIXELS:
            raise UnusablePicture(_("The picture has more than 25 million pixels. Please choose a smaller one."))
        picture.draft("RGB", (LONG_SIDE * 2, LONG_SIDE * 2))
        return ImageOps.exif_transpose(picture).convert("RGB")
    except UnusablePicture:
        raise
    except Exception as error:
        raise UnusablePicture(_("This file is not a photo we can read (JPEG, PNG, WebP or HEIC).")) from error


def encoded(picture: Image.Image, long_side: int) -> ContentFile:
    """WebP bytes of the picture, at most ``long_side`` px long."""
    copy = picture.copy()
    copy.thumbnail((long_side, long_side))
    out = BytesIO()
    copy.save(out, "WEBP", quality=QUALITY)
    return ContentFile(out.getvalue())


def safe_copy(file) -> ContentFile:
    """One clean WebP of an uploaded picture, for private files. Raises UnusablePicture."""
    return encoded(read(file), LONG_SIDE)


def store(file, *, folder: str = "goods") -> str:
    """Keep an uploaded photo in both sizes under a random name; returns that name. Raises UnusablePicture."""
    picture = read(file)
    name = f"{folder}/{uuid.uuid4().hex}.webp"
    default_storage.save(small_name(name), encoded(ImageOps.fit(picture, square(picture)), SMALL_SIDE))
    return default_storage.save(name, encoded(picture, LONG_SIDE))


def square(picture: Image.Image) -> tuple[int, int]:
    """The largest centred square; lists show goods in squares."""
    side = min(picture.size)
    return side, side
