"""Which site a request is for, and its front page. Wagtail asks the database on every page; the answer changes only when pages do."""

from copy import copy

from django.utils.translation import get_language
from wagtail.models import Site

from cms import reading

MOST = 32
"""Hosts and languages remembered; a server has a few, and whoever makes up others is forgotten with them."""

_known: dict[tuple[str, str, str | None], tuple[str, Site | None]] = {}
"""By host, port and language: the stamp of pages at which it was read, and the site."""


def settle(request, mark: str) -> None:
    """Tell Wagtail the site, where it has not changed since the stamp of pages was ``mark``."""
    asked = (request.get_host(), request.get_port(), get_language())
    read_at, site = _known.get(asked, (None, None))
    if read_at != mark:
        site = found_for(request)
        if len(_known) >= MOST:
            forget()
        _known[asked] = (mark, site)
    request._wagtail_site = twin(site)


def found_for(request) -> Site | None:
    """The site; its root page is the one in the reader's language."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    site = copy(site)
    site.root_page = reading.as_what_it_is(site.root_page.localized)
    site.root_page.is_readers = True
    return site


def twin(site: Site | None) -> Site | None:
    """The same site with a root page of its own: a request hangs onto a page what it finds out about it."""
    if site is None:
        return None
    other = copy(site)
    other.root_page = copy(site.root_page)
    return other


def forget() -> None:
    _known.clear()
