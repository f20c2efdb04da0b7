"""Pages kept for readers who are nobody in particular: made once, shown until something they are made of changes.

A page says what it is made of (``made_of``). It is kept together with the stamps of these subjects, read before the page was
made; whoever comes next compares them with the stamps of now. Nothing personal is ever kept: only answers to requests that
carry no cookie but those below, and no page with a form's token in it.
"""

import gzip
import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.core.cache import cache
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from wagtail.models import Page
from wagtail.views import serve

from cms import sites
from marketplace.core import stamps

SECONDS = 120
"""Longest life of a kept page, should word of a change ever be lost."""
TEXT_SIZE = "text-size"
HARMLESS = {"csrftoken", TEXT_SIZE}
"""Cookies that do not tell one reader from another; with any other a page is made for whoever asks."""
HEADERS = ("Content-Type", "X-Frame-Options")


@dataclass(frozen=True)
class Kept:
    """A page as it was made, and what it depends on."""

    body: bytes
    packed: bytes
    day: str
    marks: dict[str, str]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:32]}"'

    def holds(self, marks: dict[str, str]) -> bool:
        """True as long as nothing changed and it is still the same day."""
        return self.day == today() and all(marks.get(subject, "") == mark for subject, mark in self.marks.items())

    def answer(self, request) -> HttpResponse:
        """The page, packed where the browser can unpack it; nothing at all where it has this very page already."""
        if self.headers["ETag"] == request.headers.get("If-None-Match"):
            response: HttpResponse = HttpResponseNotModified(headers=self.headers)
        elif "gzip" in request.headers.get("Accept-Encoding", ""):
            response = HttpResponse(self.packed, headers=self.headers | {"Content-Encoding": "gzip"})
        else:
            response = HttpResponse(self.body, headers=self.headers)
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        return response


def today() -> str:
    return timezone.localdate().isoformat()


class KeptPages:
    """Middleware: answers from what is kept, and keeps what may be."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.keep(request, self.get_response(request))

    def process_view(self, request, view, args, kwargs):
        """Only what may be kept is looked up. The stamps are read before anything of the page is, so that a change in
        between makes it old, not new."""
        if view is not serve or not is_anybodys(request):
            return None
        request.kept_as, request.marks = key_of(request), stamps.current()
        if request.marks is None:
            return None
        kept = cache.get(request.kept_as)
        if kept and kept.holds(request.marks):
            return kept.answer(request)
        sites.settle(request, request.marks.get(stamps.PAGES, ""))
        return None

    def keep(self, request, response):
        """Keep the page if it may be kept, and answer with what was kept."""
        made_of, marks = getattr(response, "made_of", ()), getattr(request, "marks", None)
        if not made_of or marks is None or not is_for_all(request, response):
            return response
        body = response.content
        kept = Kept(
            body=body,
            packed=gzip.compress(body, compresslevel=6),
            day=today(),
            marks={subject: marks.get(subject, "") for subject in made_of},
            headers={name: response.headers[name] for name in HEADERS if name in response.headers},
        )
        kept.headers.update({"ETag": kept.etag, "Cache-Control": "no-cache"})
        cache.set(request.kept_as, kept, lifetime(marks.get(stamps.PAGES, "")))
        return kept.answer(request)


def is_anybodys(request: HttpRequest) -> bool:
    """A plain question by nobody in particular."""
    return request.method == "GET" and not request.META.get("QUERY_STRING") and request.COOKIES.keys() <= HARMLESS


def is_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """An answer with nothing in it that is meant for one reader: no cookie, no form's token, no message."""
    has_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or b"csrfmiddlewaretoken" in response.content
    has_message = bool(getattr(request, "_messages", None) and request._messages.used)  # type: ignore[attr-defined]
    is_signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return response.status_code == 200 and not (response.cookies or has_token or has_message or is_signed_in)


def key_of(request: HttpRequest) -> str:
    """Host, address (which names the language) and size of text."""
    size = "large" if request.COOKIES.get(TEXT_SIZE) == "large" else ""
    whole = "\n".join([request.scheme or "", request.get_host(), request.path, size])
    return f"kept:{hashlib.sha256(whole.encode()).hexdigest()}"


def lifetime(mark: str) -> float:
    """Seconds until the next page goes down by itself, and never more than ``SECONDS``; ``mark`` is the stamp of pages."""
    ends = next_end(mark)
    left = (ends - timezone.now()).total_seconds() if ends else SECONDS
    return min(SECONDS, left) if left > 0 else SECONDS


@lru_cache(maxsize=1)
def next_end(_mark: str) -> datetime | None:
    """When the next page goes down by itself. Once it has been taken down, the stamp is another one."""
    live = Page.objects.filter(live=True, expire_at__gt=timezone.now())
    return live.aggregate(first=Min("expire_at"))["first"]
