"""Pages that are there in Chinese only: whoever asks for one in English is led to the Chinese page instead of nowhere.

Links to the other language are made of the address alone, without asking whether the page is there: that costs nothing on
the pages that are. Only an answer of 404 asks the database.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Site
from wagtail.views import serve

from cms import reading
from cms.models.base import OurPage


class FirstLanguageInstead:
    """Middleware: a page that is missing in the reader's language is shown in the language all pages have."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_missing = response.status_code == 404 and request.method in {"GET", "HEAD"}
        page = twin_of(request) if is_missing else None
        return lead(request, page) if page else response


def lead(request: HttpRequest, page: OurPage) -> HttpResponse:
    """For now: the translation may come any day."""
    messages.info(request, _("This page is not there in English yet. Here it is in Chinese."))
    with override(settings.LANGUAGE_CODE):
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{page.address}?{query}" if query else page.address)


def twin_of(request: HttpRequest) -> OurPage | None:
    """The page at the same address in the first language, if anybody may read it."""
    match, site = request.resolver_match, Site.find_for_request(request)
    if match is None or match.func is not serve or site is None or get_language() == settings.LANGUAGE_CODE:
        return None
    with override(settings.LANGUAGE_CODE):
        root = site.root_page.localized
    path = match.args[0] if match.args else match.kwargs.get("path", "")
    page = reading.at(f"{root.url_path}{path}")
    return page if isinstance(page, OurPage) and page.is_for_anybody() else None
