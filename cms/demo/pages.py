"""How pages of the demonstration are laid: each in both languages, published the way an editor would."""

import io
from pathlib import Path

from django.core.files.base import ContentFile
from PIL import Image as Pixels
from PIL import ImageEnhance
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Locale, Page

import marketplace.demo.pictures

LANGUAGES = ("zh-hans", "en")
PICTURES = Path(next(iter(marketplace.demo.pictures.__path__)))
DARK = 0.4


def home(language: str) -> Page:
    """The front page of a language."""
    return Page.objects.get(depth=2, locale=Locale.objects.get(language_code=language), slug__startswith="home")


def below(parent: Page, slug: str) -> Page | None:
    found = parent.get_children().filter(slug=slug).first()
    return found.specific if found else None


def lay(parent: Page, page: Page, twin: Page | None = None) -> Page:
    """Put the page below its parent and publish it; ``twin`` is the same page in another language."""
    lay_draft(parent, page, twin)
    page.save_revision().publish()
    return page


def lay_draft(parent: Page, page: Page, twin: Page | None = None) -> Page:
    """Put the page below its parent, for nobody to see yet."""
    page.locale = parent.locale
    if twin is not None:
        page.translation_key = twin.translation_key
    page.live = False
    parent.add_child(instance=page)
    return page


def photo(title: str, name: str, *, description: str, spoilt: bool = False) -> Image:
    """A picture of the demonstration's goods in the library of pictures; ``spoilt`` shows how not to take it."""
    found = Image.objects.filter(title=title).first()
    if found:
        return found
    pixels = Pixels.open(PICTURES / f"{name}.webp").convert("RGB")
    out = io.BytesIO()
    (spoil(pixels) if spoilt else pixels).save(out, "WEBP", quality=80)
    image = Image(title=title, description=description, file=ContentFile(out.getvalue(), f"{name}.webp"))
    image.save()
    return image


def spoil(pixels: Pixels.Image) -> Pixels.Image:
    """Dark, and half of the good cut off."""
    half = pixels.crop((pixels.width // 2, pixels.height // 4, pixels.width, pixels.height * 3 // 4))
    return ImageEnhance.Brightness(half).enhance(DARK)


def document(title: str, name: str, data: bytes) -> Document:
    """A file to take home, in the library of documents."""
    found = Document.objects.filter(title=title).first()
    if found:
        return found
    return Document.objects.create(title=title, file=ContentFile(data, name), file_size=len(data))
