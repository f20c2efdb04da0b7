"""The menu and footer as every page shows them: read once, kept until an editor changes them or a page they name goes."""

from dataclasses import dataclass
from time import monotonic

from django.conf import settings
from django.urls import get_script_prefix, translate_url
from django.utils.translation import get_language, override

from cms.models import Frame
from marketplace.core.text import is_english

SECONDS = 60
"""How long a page of the shop may show an old menu where another process heard of the change."""


@dataclass(frozen=True)
class Link:
    label: str
    href: str


@dataclass(frozen=True)
class Shown:
    """What the header and the footer say, in one language."""

    menu: tuple[Link, ...]
    links: tuple[Link, ...]
    licences: tuple[Link, ...]
    operator: str
    icp: str
    police: str


@dataclass(frozen=True)
class Kept:
    shown: Shown
    mark: str | None
    until: float


_kept: dict[str, Kept] = {}
"""By language. In this process: a menu is not worth asking the cache for on every page."""


def current(mark: str | None = None) -> Shown:
    """In the reader's language, usually without a query. ``mark`` is the stamp of pages where the request has read it:
    a page that is kept is never made with an old menu."""
    language = get_language() or ""
    kept = _kept.get(language)
    if kept is None or kept.until < monotonic() or (mark is not None and mark != kept.mark):
        kept = _kept[language] = Kept(read(Frame.objects.first() or Frame()), mark, monotonic() + SECONDS)
    return kept.shown


def forget() -> None:
    _kept.clear()


def read(frame: Frame) -> Shown:
    return Shown(
        menu=links_of(frame.menu),
        links=links_of(frame.links),
        licences=links_of(frame.licences),
        operator=(frame.operator_en if is_english() else "") or frame.operator,
        icp=frame.icp,
        police=frame.police,
    )


def links_of(stream) -> tuple[Link, ...]:
    """Links that lead somewhere: a page that is not live and a file that is gone are left out."""
    found = ((block.value, HREF[block.block_type](block.value)) for block in stream)
    return tuple(Link(value["label_en"] if is_english() else value["label"], href) for value, href in found if href)


def of_page(value) -> str:
    """The page in the reader's language or, where it has none in it, as it was written."""
    if not value["page"] or not value["page"].live:
        return ""
    page = value["page"].localized
    path = f"{get_script_prefix()}{page.url_path.split('/', 2)[2]}"
    return in_language(path) if page.locale.language_code == get_language() else path


def of_address(value) -> str:
    address = value["address"]
    return in_language(address) if address.startswith("/") else address


def of_file(value) -> str:
    return value["file"].url if value["file"] else ""


def in_language(path: str) -> str:
    """An address of ours where the reader's language has it; files and pages without a language stay where they are."""
    if not is_english():
        return path
    with override(settings.LANGUAGE_CODE):
        return translate_url(path, "en")


HREF = {"page": of_page, "address": of_address, "file": of_file}
