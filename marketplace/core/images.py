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

from marketplace.core.refusal import Refusal

register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
LONG_SIDE = 1200
SMALL_SIDE = 400
QUALITY = 80
SWELLING = {"WEBP": 8_000_000, "HEIF": 13_000_000}
"""Most pixels of formats whose decoders hold a picture several times over; cameras and their browsers send JPEG or HEIC."""
PROGRESSIVE = 16_000_000
"""The same for a JPEG that comes layer by layer: all its layers lie in memory, however small it is drawn."""
PLAIN_MODES, OTHER_MODES = {"RGB", "L", "CMYK", "P", "1"}, 12_000_000
"""Photos are plain; what is see-through or has 16 bits is held twice while it is made smaller."""


class UnusablePicture(Refusal):
    """The file cannot become a picture here; ``for_people`` says why."""


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
    """An uploaded photo, upright, opaque, and hardly larger than it is shown. Raises UnusablePicture for anything too large or no photo.

    Size in bytes and pixels is tested before a pixel is decoded, so a small file that swells costs nothing.
    """
    if file.size > settings.UPLOAD_MAX_BYTES:
        raise UnusablePicture(_("The picture is larger than 10 MB. Please choose a smaller one."))
    try:
        picture = Image.open(file, formats=FORMATS)
        refuse_swelling(picture)
        picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
        return opaque(ImageOps.exif_transpose(smaller(picture)))
    except UnusablePicture:
        raise
    except Exception as error:
        raise UnusablePicture(_("This file is not a photo we can read (JPEG, PNG, WebP or HEIC).")) from error


def refuse_swelling(picture: Image.Image) -> None:
    """By what its head says; nothing is decoded yet."""
    most = SWELLING.get(picture.format or "", settings.UPLOAD_MAX_PIXELS)
    if "progressive" in picture.info:
        most = min(most, PROGRESSIVE)
    if picture.mode not in PLAIN_MODES or "transparency" in picture.info:
        most = min(most, OTHER_MODES)
    if picture.width * picture.height > most:
        millions = _("The picture has more than %(n)s million pixels. Please choose a smaller one.")
        raise UnusablePicture(millions % {"n": most // 1_000_000})


def smaller(picture: Image.Image) -> Image.Image:
    """The whole decoded picture is given up as soon as there is one a few times smaller."""
    if picture.mode in {"P", "1"}:
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256, "L")
    factor = max(picture.size) // LONG_SIDE
    return picture.reduce(factor) if factor > 1 else picture


def opaque(picture: Image.Image) -> Image.Image:
    """On white paper where one could see through it."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def fitted(picture: Image.Image, long_side: int) -> Image.Image:
    """At most ``long_side`` px long, in the same shape."""
    copy = picture.copy()
    copy.thumbnail((long_side, long_side))
    return copy


def encoded(picture: Image.Image) -> ContentFile:
    """WebP bytes of the picture: its pixels and nothing else."""
    picture.info = {}
    out = BytesIO()
    picture.save(out, "WEBP", quality=QUALITY)
    return ContentFile(out.getvalue())


def safe_copy(file) -> ContentFile:
    """One clean WebP of an uploaded picture, for private files. Raises UnusablePicture."""
    return encoded(fitted(read(file), LONG_SIDE))


def store(file, *, folder: str = "goods") -> str:
    """Keep an uploaded photo in both sizes under a random name; returns that name. Raises UnusablePicture."""
    picture = fitted(read(file), LONG_SIDE)
    name = f"{folder}/{uuid.uuid4().hex}.webp"
    default_storage.save(small_name(name), encoded(cropped(picture, MIDDLE)))
    return default_storage.save(name, encoded(picture))


MIDDLE = 50


def cropped(picture: Image.Image, along: int) -> Image.Image:
    """The largest square, as lists show goods: ``along`` per cent of the way down a tall picture or across a wide one."""
    side = min(picture.size)
    left, top = (round((length - side) * along / 100) for length in picture.size)
    square = picture.crop((left, top, left + side, top + side))
    return square.resize((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS) if side > SMALL_SIDE else square


def reframed(name: str, along: int) -> str:
    """The same picture under a new name, whose small one shows another part of it; who shows the old name sees no change."""
    with default_storage.open(name) as file:
        data = file.read()
    fresh = f"{name.rpartition('/')[0]}/{uuid.uuid4().hex}.webp"
    default_storage.save(small_name(fresh), encoded(cropped(Image.open(BytesIO(data)).convert("RGB"), along)))
    return default_storage.save(fresh, ContentFile(data))
