"""Which site a request is for. Wagtail asks the database on every page; the answer changes only when pages do."""

from copy import copy

from wagtail.models import Site

MOST = 32
"""Hosts remembered; a server has a few, and whoever makes up others is forgotten with them."""

_known: dict[str, tuple[str, Site | None]] = {}
"""By host: the stamp of pages at which it was read, and the site."""


def settle(request, mark: str) -> None:
    """Tell Wagtail the site, where it has not changed since the stamp of pages was ``mark``."""
    host = f"{request.get_host()} {request.get_port()}"
    read_at, site = _known.get(host, (None, None))
    if read_at == mark:
        request._wagtail_site = twin(site)
        return
    if len(_known) >= MOST:
        forget()
    _known[host] = (mark, twin(Site.find_for_request(request)))


def twin(site: Site | None) -> Site | None:
    """The same site with a root page of its own: a request hangs onto a page what it finds out about it."""
    if site is None:
        return None
    other = copy(site)
    other.root_page = copy(site.root_page)
    return other


def forget() -> None:
    _known.clear()
