"""Addresses that came with a request and may lead elsewhere."""

from django.utils.http import url_has_allowed_host_and_scheme


def ours(request, url: str) -> str:
    """``url`` if it leads to a page of this host, otherwise nothing. Bare words are no address: Django would look for a view."""
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe and url.startswith(("/", "http://", "https://")) else ""
