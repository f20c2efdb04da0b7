"""Addresses that came with a request and may lead elsewhere."""

from django.conf import settings
from django.urls import translate_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_path


def ours(request, url: str) -> str:
    """``url`` if it leads to a page of this host, otherwise nothing. Bare words are no address: Django would look for a view."""
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe and url.startswith(("/", "http://", "https://")) else ""


def in_the_readers_language(path: str) -> str:
    """The same page of ours in the language that is switched on; ``path`` as it is where there is none."""
    reader = get_language() or settings.LANGUAGE_CODE
    with translation.override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        return translate_url(path, reader)
